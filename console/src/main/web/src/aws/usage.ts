import type { Api } from './api';
import { AwsError } from './error';
import type { Place } from '../session/config';

/** What was used, by `GET /v1/usage`. */
export interface UsageRow {
  /** When the hour, day or month begins. */
  readonly period: string;
  readonly kind?: string;
  readonly resource?: string;
  readonly resourceId?: string;
  readonly principal?: string;
  readonly meter: string;
  readonly unit: string;
  readonly amount: number;
  /** Undefined where the meter has no price. */
  readonly cost?: number;
}

export interface UsageTotal {
  readonly meter: string;
  readonly unit: string;
  readonly amount: number;
  readonly cost?: number;
}

export interface Usage {
  readonly from: string;
  readonly to: string;
  readonly currency?: string;
  readonly rows: readonly UsageRow[];
  readonly totals: readonly UsageTotal[];
  /** Whether there are more rows than are shown. */
  readonly isCut: boolean;
}

export interface UsageQuestion {
  readonly granularity: 'hour' | 'day' | 'month';
  readonly group: readonly string[];
  readonly kind?: string | undefined;
}

export interface Meter {
  readonly meter: string;
  readonly kind: string;
  readonly unit: string;
  readonly description: string;
  readonly usualPer: number;
  readonly price?: number;
  readonly per?: number;
}

export interface PriceList {
  readonly currency?: string;
  readonly note?: string;
  readonly updatedAt?: string;
  readonly meters: readonly Meter[];
}

export interface NewPriceList {
  readonly currency: string;
  readonly note: string;
  readonly prices: readonly { readonly meter: string; readonly price: number; readonly per: number }[];
}

const MOST_ROWS = 5_000;

/** No service that is asked meters: it is an older one, or metering is switched off. */
export class NoUsageError extends Error {
  constructor() {
    super('This server does not meter usage.');
    this.name = 'NoUsageError';
  }
}

interface Page {
  readonly from: string;
  readonly to: string;
  readonly currency?: string;
  readonly rows: UsageRow[];
  readonly totals: UsageTotal[];
  readonly nextToken?: string;
}

/** What was used of all services; each of those that run alone has its own. */
export async function getUsage(api: Api, question: UsageQuestion, signal?: AbortSignal): Promise<Usage> {
  const answers = await ofEach(api, async (place) => {
    const rows: UsageRow[] = [];
    let token: string | undefined;
    let page: Page;
    do {
      page = await api.rest<Page>(place, '/v1/usage', {
        query: {
          granularity: question.granularity,
          group: question.group.join(','),
          kind: question.kind,
          nextToken: token,
        },
        signal,
      });
      rows.push(...page.rows);
      token = page.nextToken;
    } while (token !== undefined && rows.length < MOST_ROWS);
    return { ...page, rows, isCut: token !== undefined };
  });
  return merged(answers);
}

export function merged(answers: readonly (Page & { readonly isCut: boolean })[]): Usage {
  const [first] = answers;
  if (first === undefined) {
    throw new NoUsageError();
  }
  const currencies = [...new Set(answers.map((each) => each.currency).filter((each) => each !== undefined))];
  return {
    from: first.from,
    to: first.to,
    ...(currencies.length === 0 ? {} : { currency: currencies.join(', ') }),
    rows: answers.flatMap((each) => each.rows).sort((a, b) => b.period.localeCompare(a.period)),
    totals: answers.flatMap((each) => each.totals),
    isCut: answers.some((each) => each.isCut),
  };
}

export async function getPrices(api: Api, signal?: AbortSignal): Promise<PriceList> {
  const lists = await ofEach(api, (place) => api.rest<PriceList>(place, '/v1/usage/prices', { signal }));
  const entered = lists.find((each) => each.currency !== undefined) ?? lists[0];
  if (entered === undefined) {
    throw new NoUsageError();
  }
  return { ...entered, meters: lists.flatMap((each) => each.meters) };
}

/** Sends each service the prices of its own meters. */
export async function putPrices(api: Api, list: NewPriceList): Promise<void> {
  await ofEach(api, async (place) => {
    const { meters } = await api.rest<PriceList>(place, '/v1/usage/prices');
    const own = new Set(meters.map((each) => each.meter));
    return api.rest<PriceList>(place, '/v1/usage/prices', {
      method: 'PUT',
      json: {
        currency: list.currency,
        ...(list.note === '' ? {} : { note: list.note }),
        prices: list.prices.filter((each) => own.has(each.meter)),
      },
    });
  });
}

/** All rows as CSV, of one service behind the other. */
export async function usageCsv(api: Api, question: UsageQuestion): Promise<string> {
  const texts = await ofEach(api, async (place) => {
    const answer = await api.restAnswer(place, '/v1/usage', {
      query: { granularity: question.granularity, group: question.group.join(','), kind: question.kind, format: 'csv' },
    });
    return answer.text();
  });
  return joined(texts);
}

/** Tables with the same head, as one. */
export function joined(tables: readonly string[]): string {
  return tables.map((text, i) => (i === 0 ? text : text.slice(text.indexOf('\n') + 1))).join('');
}

/** Asks each service once, and leaves out those that do not meter. */
async function ofEach<T>(api: Api, ask: (place: Place) => Promise<T>): Promise<T[]> {
  const answers: T[] = [];
  for (const place of api.placesApart(['streams', 'firehose', 'analytics'])) {
    try {
      answers.push(await ask(place));
    } catch (e) {
      if (!(e instanceof AwsError && e.status === 404)) {
        throw e;
      }
    }
  }
  if (answers.length === 0) {
    throw new NoUsageError();
  }
  return answers;
}

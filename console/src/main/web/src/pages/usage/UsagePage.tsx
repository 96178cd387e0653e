import { useState } from 'react';
import { useApi } from '../../aws/api';
import { getUsage, NoUsageError, usageCsv, type Usage, type UsageQuestion, type UsageRow, type UsageTotal } from '../../aws/usage';
import { ErrorNote } from '../../ui/ErrorNote';
import { bytes, number } from '../../ui/format';
import { Page, Section } from '../../ui/Page';
import { Table, type Column } from '../../ui/Table';
import { Tabs } from '../../ui/Tabs';
import { useAction } from '../../ui/useAction';
import { useLoad } from '../../ui/useLoad';
import { periodOf } from './period';
import { save } from '../../ui/save';

const EVERY = 60_000;

const GROUPS = [
  ['resource,principal,meter', 'resource and principal'],
  ['resource,meter', 'resource'],
  ['principal,meter', 'principal'],
  ['meter', 'nothing but the meter'],
] as const;

export const TABS = [
  ['/usage', 'Used'],
  ['/usage/prices', 'Prices'],
] as const;

/** What was used, by whom, and what that costs where prices are entered. */
export default function UsagePage() {
  const api = useApi();
  const [granularity, setGranularity] = useState<UsageQuestion['granularity']>('day');
  const [group, setGroup] = useState<string>(GROUPS[1][0]);
  const [kind, setKind] = useState('');
  const question: UsageQuestion = { granularity, group: group.split(','), kind: kind === '' ? undefined : kind };
  const usage = useLoad(`usage ${JSON.stringify(question)}`, (signal) => getUsage(api, question, signal), EVERY);
  const download = useAction(async () => save('usage.csv', 'text/csv', await usageCsv(api, question)));
  const isMissing = usage.error instanceof NoUsageError;
  return (
    <Page
      title="Usage"
      actions={
        <button type="button" disabled={download.busy || isMissing} onClick={() => void download.run()}>
          Download CSV
        </button>
      }
    >
      <Tabs label="Usage" tabs={TABS} />
      {isMissing ? <p>This server does not meter usage: it is an older one, or metering is switched off.</p> : null}
      {isMissing ? null : <ErrorNote error={usage.error} doing="Look at usage" />}
      <ErrorNote error={download.error} doing="Download" />
      <div className="row">
        <label className="field">
          <span>Each</span>
          <select value={granularity} onChange={(event) => setGranularity(event.target.value as UsageQuestion['granularity'])}>
            <option value="hour">hour of the last day</option>
            <option value="day">day of the last 30</option>
            <option value="month">month of the last year</option>
          </select>
        </label>
        <label className="field">
          <span>By</span>
          <select value={group} onChange={(event) => setGroup(event.target.value)}>
            {GROUPS.map(([value, title]) => (
              <option key={value} value={value}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>Of</span>
          <select value={kind} onChange={(event) => setKind(event.target.value)}>
            <option value="">everything</option>
            <option value="stream">streams</option>
            <option value="delivery-stream">delivery streams</option>
            <option value="application">SQL applications</option>
          </select>
        </label>
      </div>
      {usage.data === undefined ? null : <Used usage={usage.data} question={question} />}
    </Page>
  );
}

function Used({ usage, question }: { usage: Usage; question: UsageQuestion }) {
  const costs = usage.totals.filter((total) => total.cost !== undefined);
  const money = (cost: number | undefined) => (cost === undefined ? '' : `${cost.toFixed(cost < 1 ? 4 : 2)} ${usage.currency ?? ''}`);
  const hasCosts = usage.currency !== undefined;
  const costColumn = <R extends { readonly cost?: number }>(): Column<R>[] =>
    hasCosts
      ? [{ key: 'cost', title: 'Cost', numeric: true, sort: (row) => row.cost ?? -1, show: (row) => money(row.cost) }]
      : [];
  const totalColumns: Column<UsageTotal>[] = [
    { key: 'meter', title: 'Meter', sort: (row) => row.meter, show: (row) => <span className="breakable">{row.meter}</span> },
    { key: 'amount', title: 'Amount', numeric: true, show: (row) => amount(row) },
    ...costColumn<UsageTotal>(),
  ];
  const has = (part: string) => question.group.includes(part);
  const rowColumns: Column<UsageRow>[] = [
    { key: 'period', title: 'From', sort: (row) => row.period, show: (row) => periodOf(row.period, question.granularity) },
    ...(has('resource')
      ? ([
          { key: 'kind', title: 'Kind', sort: (row) => row.kind ?? '', show: (row) => row.kind?.replace('-', ' '), wideOnly: true },
          {
            key: 'resource',
            title: 'Resource',
            sort: (row) => row.resource ?? '',
            show: (row) => <span className="breakable">{row.resource}</span>,
          },
        ] satisfies Column<UsageRow>[])
      : []),
    ...(has('principal')
      ? ([
          {
            key: 'principal',
            title: 'Principal',
            sort: (row) => row.principal ?? '',
            show: (row) => <span className="breakable">{row.principal?.replace(/^arn:aws:iam::\d+:/, '') ?? 'by being there'}</span>,
          },
        ] satisfies Column<UsageRow>[])
      : []),
    { key: 'meter', title: 'Meter', sort: (row) => row.meter, show: (row) => <span className="breakable">{row.meter}</span> },
    { key: 'amount', title: 'Amount', numeric: true, sort: (row) => row.amount, show: (row) => amount(row) },
    ...costColumn<UsageRow>(),
  ];
  return (
    <>
      <Section title="In all">
        {hasCosts ? (
          <p>
            {costs.length === 0
              ? 'Nothing that was used has a price.'
              : `What has a price costs ${money(costs.reduce((sum, total) => sum + (total.cost ?? 0), 0))}.`}
          </p>
        ) : (
          <p className="quiet">No prices are entered, so nothing is said of costs.</p>
        )}
        <Table label="Totals" columns={totalColumns} rows={usage.totals} rowKey={(row) => row.meter} empty="Nothing was used." />
      </Section>
      <Section title="One by one">
        {usage.isCut ? <p className="quiet">There are more rows than are shown here; the CSV has all.</p> : null}
        <Table
          label="Usage"
          columns={rowColumns}
          rows={usage.rows}
          rowKey={(row) => [row.period, row.kind, row.resourceId, row.resource, row.principal, row.meter].join(' ')}
          empty="Nothing was used."
        />
      </Section>
    </>
  );
}

function amount({ amount: value, unit }: { readonly amount: number; readonly unit: string }): string {
  return unit === 'byte' ? bytes(value) : `${number(value)} ${unit}${value === 1 ? '' : 's'}`;
}

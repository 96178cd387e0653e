import { useState } from 'react';
import { useApi } from '../../aws/api';
import { getPrices, NoUsageError, putPrices, type Meter, type PriceList } from '../../aws/usage';
import { ErrorNote } from '../../ui/ErrorNote';
import { Page } from '../../ui/Page';
import { Table } from '../../ui/Table';
import { Tabs } from '../../ui/Tabs';
import { Time } from '../../ui/Time';
import { useAction } from '../../ui/useAction';
import { useLoad } from '../../ui/useLoad';
import { enteredPrices, type Entered } from './prices';
import { TABS } from './UsagePage';

/** The prices that costs are reckoned with: whoever knows theirs enters them. */
export default function PricesPage() {
  const api = useApi();
  const prices = useLoad('prices', (signal) => getPrices(api, signal));
  return (
    <Page title="Usage">
      <Tabs label="Usage" tabs={TABS} />
      {prices.error instanceof NoUsageError ? (
        <p>This server does not meter usage: it is an older one, or metering is switched off.</p>
      ) : (
        <ErrorNote error={prices.error} doing="Look at prices" />
      )}
      {prices.data === undefined ? null : <Prices key={prices.data.updatedAt ?? ''} list={prices.data} onSaved={prices.reload} />}
    </Page>
  );
}

function Prices({ list, onSaved }: { list: PriceList; onSaved: () => void }) {
  const api = useApi();
  const [currency, setCurrency] = useState(list.currency ?? 'USD');
  const [note, setNote] = useState(list.note ?? '');
  const [entered, setEntered] = useState<Readonly<Record<string, Entered>>>({});
  const of = (meter: Meter): Entered =>
    entered[meter.meter] ?? { price: meter.price === undefined ? '' : String(meter.price), per: String(meter.per ?? meter.usualPer) };
  const edit = (meter: Meter, change: Partial<Entered>) =>
    setEntered((old) => ({ ...old, [meter.meter]: { ...of(meter), ...change } }));
  const action = useAction(async () => {
    await putPrices(api, { currency, note, prices: enteredPrices(list.meters, of) });
    onSaved();
  });
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void action.run();
      }}
    >
      <p>
        No prices are known here before you enter yours. A price counts for all hours, also those before it was entered; a meter without one
        has no cost.
      </p>
      <div className="row">
        <label className="field">
          <span>Currency</span>
          <input value={currency} onChange={(event) => setCurrency(event.target.value)} required pattern="[A-Z]{3}" title="Three capitals, such as USD" />
        </label>
        <label className="field">
          <span>Where they are from</span>
          <input value={note} onChange={(event) => setNote(event.target.value)} maxLength={1000} placeholder="our contract, looked up today" />
        </label>
      </div>
      <Table
        label="Prices"
        columns={[
          {
            key: 'meter',
            title: 'Meter',
            show: (meter) => (
              <>
                <code className="breakable">{meter.meter}</code>
                <br />
                <span className="small quiet">{meter.description}</span>
              </>
            ),
          },
          {
            key: 'price',
            title: 'Price',
            show: (meter) => (
              <input
                type="number"
                min={0}
                step="any"
                className="price"
                aria-label={`Price of ${meter.meter}`}
                value={of(meter).price}
                onChange={(event) => edit(meter, { price: event.target.value })}
              />
            ),
          },
          {
            key: 'per',
            title: 'for so many',
            show: (meter) => (
              <label className="check">
                <input
                  type="number"
                  min={0}
                  step="any"
                  className="price"
                  aria-label={`Units of ${meter.meter}`}
                  value={of(meter).per}
                  onChange={(event) => edit(meter, { per: event.target.value })}
                />
                <span className="wide-only">{meter.unit}</span>
              </label>
            ),
          },
        ]}
        rows={list.meters}
        rowKey={(meter) => meter.meter}
        empty="There are no meters."
      />
      <ErrorNote error={action.error} doing="Save prices" />
      <div className="buttons">
        <button type="submit" className="primary" disabled={action.busy}>
          Save prices
        </button>
        <span className="quiet small" role="status">
          {list.updatedAt === undefined ? 'None were entered yet.' : <>Saved at <Time at={list.updatedAt} />.</>}
        </span>
      </div>
    </form>
  );
}

import { useApi } from '../../aws/api';
import { getHotKeys, type HotKeys } from '../../aws/activity';
import { ErrorNote } from '../../ui/ErrorNote';
import { duration, number, percent } from '../../ui/format';
import { Table, type Column } from '../../ui/Table';
import { useLoad } from '../../ui/useLoad';

const EVERY = 2_000;

/** The partition keys that most records have now. */
export function HotKeysTable({ stream }: { stream: string }) {
  const api = useApi();
  const hot = useLoad(`hot keys ${stream}`, (signal) => getHotKeys(api, stream, signal), EVERY);
  const total = hot.data?.records ?? 0;
  const columns: Column<HotKeys['keys'][number]>[] = [
    { key: 'key', title: 'Partition key', show: (each) => <code className="breakable">{each.partitionKey}</code> },
    { key: 'records', title: 'Records', numeric: true, show: (each) => number(each.records) },
    { key: 'share', title: 'Share', numeric: true, show: (each) => percent(total === 0 ? 0 : each.records / total) },
  ];
  return (
    <>
      <ErrorNote error={hot.error} doing="Look at partition keys" />
      {hot.data === undefined ? null : (
        <>
          <Table
            label="Hot keys"
            columns={columns}
            rows={hot.data.keys}
            rowKey={(each) => each.partitionKey}
            empty="No record was put since this page looks."
          />
          <p className="small quiet">
            Of {number(total)} records in the last {duration(hot.data.seconds * 1000)}, put or throttled.
            {hot.data.atMostMore === 0 ? '' : ` A key may have up to ${number(hot.data.atMostMore)} more.`}
          </p>
        </>
      )}
    </>
  );
}

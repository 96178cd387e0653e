import { PutRecord } from './PutRecord';
import { StreamFrame } from './StreamFrame';
import { Tail } from './Tail';

/** A stream's records as they come, and a way to put one. */
export default function RecordsPage() {
  return (
    <StreamFrame>
      {(name) => (
        <>
          <Tail key={name} stream={name} />
          <PutRecord stream={name} />
        </>
      )}
    </StreamFrame>
  );
}

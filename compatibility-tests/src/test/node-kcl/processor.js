// The processor of one shard's records: writes each call of aws-kcl into the journal, in the form that
// io.riacho.consumers.journal.Journal has. Its own process is its tenure.
'use strict';

const fs = require('fs');
const kcl = require('aws-kcl');

const RECORDS_OF_A_CHECKPOINT = 40;
const journal = fs.openSync(process.env.JOURNAL, 'a');

let shardId;
let last;
let sinceCheckpoint = 0;

function write(event, ...fields) {
  fs.writeSync(journal, [process.hrtime.bigint(), process.pid, event, shardId, ...fields].join('\t') + '\n');
}

function checkpoint(checkpointer, done) {
  if (sinceCheckpoint === 0) {
    done();
    return;
  }
  write('checkpointing', last, 0);
  checkpointer.checkpoint(last, error => {
    if (error) {
      write('failed', String(error).replace(/\s+/g, ' '));
    } else {
      write('checkpoint', last, 0);
      sinceCheckpoint = 0;
    }
    done();
  });
}

function end(checkpointer, done) {
  write('ending');
  checkpointer.checkpoint(error => {
    if (error) {
      write('failed', String(error).replace(/\s+/g, ' '));
      setTimeout(() => end(checkpointer, done), 500);
    } else {
      write('ended');
      done();
    }
  });
}

kcl({
  initialize(input, done) {
    shardId = input.shardId;
    write('taken', input.sequenceNumber, input.subSequenceNumber ?? 0);
    done();
  },

  processRecords(input, done) {
    for (const record of input.records) {
      const text = Buffer.from(record.data, 'base64').toString();
      write('record', record.partitionKey, record.sequenceNumber, record.subSequenceNumber ?? 0, text.slice(0, text.indexOf(' ')));
      last = record.sequenceNumber;
      sinceCheckpoint++;
    }
    if (sinceCheckpoint >= RECORDS_OF_A_CHECKPOINT) {
      checkpoint(input.checkpointer, done);
    } else {
      done();
    }
  },

  leaseLost(input, done) {
    write('lost');
    done();
  },

  shardEnded(input, done) {
    end(input.checkpointer, done);
  },

  shutdownRequested(input, done) {
    checkpoint(input.checkpointer, done);
  },
}).run();

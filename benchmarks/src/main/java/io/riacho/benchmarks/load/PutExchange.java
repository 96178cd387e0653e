package io.riacho.benchmarks.load;

import java.util.List;

/** Sends prepared PutRecords or PutRecord requests, round and round, and checks that every record was taken. */
final class PutExchange implements Exchange {

    private final List<Request> requests;
    private final Encoding encoding;
    private int next;
    private int inFlight;

    /** @param first the request to begin with, so that connections do not all send the same one at the same time */
    PutExchange(List<Request> requests, Encoding encoding, int first) {
        this.requests = requests;
        this.encoding = encoding;
        next = first % requests.size();
    }

    @Override
    public Request next() {
        Request request = requests.get(next);
        next = (next + 1) % requests.size();
        inFlight = request.records();
        return request;
    }

    @Override
    public int answered(ResponseReader answer) {
        if (inFlight == 1) {
            Answers.checkOk(answer);
        } else {
            Answers.checkNoneFailed(answer, encoding);
        }
        return inFlight;
    }
}

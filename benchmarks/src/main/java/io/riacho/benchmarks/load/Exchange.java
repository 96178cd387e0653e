package io.riacho.benchmarks.load;

/** What one connection says and hears, request after request, in a {@link ClosedLoop}. Used by one thread. */
interface Exchange {

    Request next();

    /**
     * Takes a complete answer.
     *
     * @return how many records it wrote or read
     * @throws IllegalStateException if the answer is an error, or not what was asked for
     */
    int answered(ResponseReader answer);
}

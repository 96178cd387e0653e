package io.riacho.s3;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What bodies that are read into memory as a whole may take together; more of them wait. */
final class BodyBudget {

    private static final int KIBIBYTE = 1024;

    private final int all;
    private final Semaphore kibibytes;
    private final long patienceMillis;

    BodyBudget(long bytes, long patienceMillis) {
        this.all = (int) Math.clamp(bytes / KIBIBYTE, 1, Integer.MAX_VALUE);
        this.kibibytes = new Semaphore(all, true);
        this.patienceMillis = patienceMillis;
    }

    /** @return what to give back; negative where there is no room in time */
    int take(long bytes) throws InterruptedException {
        int share = (int) Math.clamp((bytes + KIBIBYTE - 1) / KIBIBYTE, 0, all);
        return kibibytes.tryAcquire(share, patienceMillis, TimeUnit.MILLISECONDS) ? share : -1;
    }

    void give(int share) {
        kibibytes.release(share);
    }
}

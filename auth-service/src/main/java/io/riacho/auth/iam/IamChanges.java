package io.riacho.auth.iam;

import io.riacho.auth.database.AuthDatabase;
import io.riacho.protocol.AwsException;
import java.util.function.Supplier;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;

/** Makes changes, each whole or not at all, and tells what stands against one in IAM's words. */
public final class IamChanges {

    private final AuthDatabase database;

    public IamChanges(AuthDatabase database) {
        this.database = database;
    }

    public void run(Runnable work) {
        get(
                () -> {
                    work.run();
                    return true;
                },
                IamErrors::concurrentModification);
    }

    /** @param taken the error where what is made exists already */
    public <T> T get(Supplier<T> work, Supplier<AwsException> taken) {
        try {
            return database.change(work);
        } catch (DuplicateKeyException e) {
            throw taken.get();
        } catch (DataIntegrityViolationException e) {
            // Whatever else a table refers to is still in use.
            throw IamErrors.deleteConflict("Cannot delete entity, it is still in use.");
        } catch (ConcurrencyFailureException e) {
            throw IamErrors.concurrentModification();
        }
    }

    /** Lets changes of the same name wait for each other until the transaction ends, where there is no row to lock. */
    public void lock(String name) {
        database.jdbc()
                .sql("select 1 from pg_advisory_xact_lock(hashtextextended('riacho.auth.' || :name, 0))")
                .param("name", name)
                .query(Integer.class)
                .single();
    }
}

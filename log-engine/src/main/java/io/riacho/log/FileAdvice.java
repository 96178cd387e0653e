package io.riacho.log;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code posix_fadvise} of the C library, with which a process tells the system what it will do with a file. It is
 * advice: a file that is gone, or an error, changes nothing.
 */
record FileAdvice(MethodHandle open, MethodHandle advise, MethodHandle close) {

    private static final System.Logger LOGGER = System.getLogger(FileAdvice.class.getName());
    private static final int READ_ONLY = 0;
    private static final int NOT_NEEDED = 4;

    /** Empty where the system has no such function. */
    static Optional<FileAdvice> find() {
        if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
            return Optional.empty();
        }
        try {
            Linker linker = Linker.nativeLinker();
            SymbolLookup library = linker.defaultLookup();
            return Optional.of(new FileAdvice(
                    linker.downcallHandle(
                            library.findOrThrow("open"),
                            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                            Linker.Option.firstVariadicArg(2)),
                    linker.downcallHandle(
                            library.findOrThrow("posix_fadvise"),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_INT)),
                    linker.downcallHandle(
                            library.findOrThrow("close"),
                            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))));
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.INFO, "The page cache is left to the operating system: " + e);
            return Optional.empty();
        }
    }

    /** The range need not stay in memory. What of it is not on the disk yet stays. */
    void notNeeded(Path file, long position, long length) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom(file.toString());
            int descriptor = (int) open.invokeExact(path, READ_ONLY);
            if (descriptor >= 0) {
                int unused = (int) advise.invokeExact(descriptor, position, length, NOT_NEEDED);
                unused = (int) close.invokeExact(descriptor);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}

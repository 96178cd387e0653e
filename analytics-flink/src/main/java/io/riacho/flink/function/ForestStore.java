package io.riacho.flink.function;

import com.amazon.randomcutforest.RandomCutForest;
import com.amazon.randomcutforest.config.Precision;
import com.amazon.randomcutforest.state.RandomCutForestMapper;
import com.amazon.randomcutforest.state.RandomCutForestState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.types.Row;

/**
 * A forest in Flink's state: its last picture in pieces, and the points that came since. So a point costs one small entry, a
 * picture is made once in a while, and a checkpoint always has both.
 */
final class ForestStore {
    /** After so many points a picture is made. */
    static final int POINTS = 2000;

    private static final int PIECE = 64 * 1024;
    private static final int MOST_BYTES = 512 * 1024 * 1024;
    private static final ObjectInputFilter FILTER =
            ObjectInputFilter.Config.createFilter("com.amazon.randomcutforest.**;java.lang.*;java.util.*;!*");

    private ForestStore() {}

    /** Writes a picture and forgets the points. */
    static void save(RandomCutForest forest, MapView<Integer, Row> pieces, MapView<Integer, Row> points)
            throws Exception {
        RandomCutForestMapper mapper = mapper();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream objects = new ObjectOutputStream(bytes)) {
            objects.writeObject(mapper.toState(forest));
        }
        byte[] picture = bytes.toByteArray();
        pieces.clear();
        for (int i = 0; i * PIECE < picture.length; i++) {
            pieces.put(i, Row.of((Object)
                    Arrays.copyOfRange(picture, i * PIECE, Math.min((i + 1) * PIECE, picture.length))));
        }
        points.clear();
    }

    /** Brings back the forest as it was, or the given one if nothing is stored. */
    static RandomCutForest load(RandomCutForest empty, MapView<Integer, Row> pieces, MapView<Integer, Row> points)
            throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; pieces.contains(i); i++) {
            if (pieces.get(i).getField(0) instanceof byte[] piece) {
                bytes.write(piece);
            }
            if (bytes.size() > MOST_BYTES) {
                throw new IOException("A forest in state has more than " + MOST_BYTES + " bytes");
            }
        }
        RandomCutForest forest = bytes.size() == 0 ? empty : read(bytes.toByteArray());
        for (int i = 0; points.contains(i); i++) {
            if (points.get(i).getField(0) instanceof Double[] point) {
                forest.update(Arrays.stream(point).mapToDouble(x -> x).toArray());
            }
        }
        return forest;
    }

    private static RandomCutForest read(byte[] picture) throws IOException, ClassNotFoundException {
        ClassLoader own = ForestStore.class.getClassLoader();
        try (ObjectInputStream objects = new ObjectInputStream(new ByteArrayInputStream(picture)) {
            @Override
            protected Class<?> resolveClass(java.io.ObjectStreamClass type) throws IOException, ClassNotFoundException {
                try {
                    return Class.forName(type.getName(), false, own);
                } catch (ClassNotFoundException notOfThisJar) {
                    return super.resolveClass(type);
                }
            }
        }) {
            objects.setObjectInputFilter(FILTER);
            return mapper().toModel((RandomCutForestState) objects.readObject());
        }
    }

    private static RandomCutForestMapper mapper() {
        RandomCutForestMapper mapper = new RandomCutForestMapper();
        mapper.setSaveExecutorContextEnabled(true);
        mapper.setSaveTreeStateEnabled(true);
        mapper.setPartialTreeStateEnabled(false);
        return mapper;
    }

    static RandomCutForest create(int columns, int trees, int sample, int decay, int shingle) {
        return RandomCutForest.builder()
                .dimensions(columns * shingle)
                .shingleSize(shingle)
                .internalShinglingEnabled(shingle > 1)
                .numberOfTrees(trees)
                .sampleSize(sample)
                .outputAfter(sample)
                .timeDecay(1.0 / decay)
                .randomSeed(42)
                .precision(Precision.FLOAT_32)
                .parallelExecutionEnabled(false)
                .build();
    }
}

package io.riacho.flink.function;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/**
 * The last points of a stream and their neighbours. A point with enough neighbours within the radius, itself among them, is
 * dense; dense points within the radius of each other, and what is within the radius of one of them, are a hotspot (as in
 * DBSCAN). Neighbours are counted as points come and go, so a point costs one look at each other.
 */
final class DensePoints {
    static final String NONE = "{\"hotspots\":[]}";

    private final int size;
    private final double radius;
    private final int minPoints;
    private final double[][] points;
    private final int[] neighbours;
    private final BitSet filled = new BitSet();
    private int last = -1;

    DensePoints(int size, double radius, int minPoints) {
        this.size = size;
        this.radius = radius;
        this.minPoints = minPoints;
        this.points = new double[size][];
        this.neighbours = new int[size];
    }

    /** Adds a point in the place of the oldest. */
    void add(double[] point) {
        int place = (last + 1) % size;
        if (filled.get(place)) {
            filled.clear(place);
            count(place, -1);
        }
        points[place] = point;
        neighbours[place] = 1;
        count(place, 1);
        filled.set(place);
        last = place;
    }

    private void count(int place, int change) {
        for (int i = filled.nextSetBit(0); i >= 0; i = filled.nextSetBit(i + 1)) {
            if (near(i, place)) {
                neighbours[i] += change;
                neighbours[place] += change;
            }
        }
    }

    private boolean near(int a, int b) {
        double sum = 0;
        for (int i = 0; i < points[a].length; i++) {
            double distance = points[a][i] - points[b][i];
            sum += distance * distance;
        }
        return sum <= radius * radius;
    }

    /** The hotspots that the last point is in, as JSON. */
    String aroundLast() {
        StringBuilder json = new StringBuilder("{\"hotspots\":[");
        BitSet seen = new BitSet();
        boolean first = true;
        for (int i = filled.nextSetBit(0); i >= 0; i = filled.nextSetBit(i + 1)) {
            if (neighbours[i] >= minPoints && !seen.get(i) && near(i, last)) {
                BitSet hotspot = from(i);
                seen.or(hotspot);
                json.append(first ? "" : ",");
                describe(hotspot, json);
                first = false;
            }
        }
        return json.append("]}").toString();
    }

    private BitSet from(int dense) {
        BitSet hotspot = new BitSet();
        Deque<Integer> open = new ArrayDeque<>();
        hotspot.set(dense);
        open.add(dense);
        while (!open.isEmpty()) {
            int place = open.remove();
            for (int i = filled.nextSetBit(0); i >= 0; i = filled.nextSetBit(i + 1)) {
                if (!hotspot.get(i) && near(place, i)) {
                    hotspot.set(i);
                    if (neighbours[i] >= minPoints) {
                        open.add(i);
                    }
                }
            }
        }
        return hotspot;
    }

    /** Density: points for the volume of the box around them; a box without extent counts as wide as the radius. */
    private void describe(BitSet hotspot, StringBuilder json) {
        int columns = points[last].length;
        double[] least = new double[columns];
        double[] most = new double[columns];
        double volume = 1;
        for (int column = 0; column < columns; column++) {
            int at = column;
            least[column] =
                    hotspot.stream().mapToDouble(i -> points[i][at]).min().orElse(0);
            most[column] =
                    hotspot.stream().mapToDouble(i -> points[i][at]).max().orElse(0);
            volume *= most[column] > least[column] ? most[column] - least[column] : radius;
        }
        json.append("{\"density\":")
                .append(Math.min(hotspot.cardinality() / volume, Double.MAX_VALUE))
                .append(",\"maxValues\":");
        values(most, json);
        json.append(",\"minValues\":");
        values(least, json);
        json.append('}');
    }

    private static void values(double[] values, StringBuilder json) {
        json.append('[');
        for (int i = 0; i < values.length; i++) {
            json.append(i == 0 ? "" : ",").append(values[i]);
        }
        json.append(']');
    }
}

package io.riacho.firehose.processing;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.WeekFields;
import java.util.List;
import java.util.Locale;

/** C's {@code strftime} and {@code strptime} in the C locale and UTC. */
final class TimeFormat {

    private static final List<String> MONTHS = List.of(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December");
    private static final List<String> DAYS =
            List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");

    private TimeFormat() {}

    static String print(ZonedDateTime time, String format) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c == '%' && i + 1 < format.length()) {
                text.append(print(time, format.charAt(++i)));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static String print(ZonedDateTime time, char conversion) {
        return switch (conversion) {
            case 'Y' -> Integer.toString(time.getYear());
            case 'C' -> padded(Math.floorDiv(time.getYear(), 100), 2);
            case 'y' -> padded(Math.floorMod(time.getYear(), 100), 2);
            case 'm' -> padded(time.getMonthValue(), 2);
            case 'd' -> padded(time.getDayOfMonth(), 2);
            case 'e' -> spaced(time.getDayOfMonth());
            case 'H' -> padded(time.getHour(), 2);
            case 'k' -> spaced(time.getHour());
            case 'I' -> padded(twelve(time), 2);
            case 'l' -> spaced(twelve(time));
            case 'M' -> padded(time.getMinute(), 2);
            case 'S' -> padded(time.getSecond(), 2);
            case 'j' -> padded(time.getDayOfYear(), 3);
            case 'p' -> time.getHour() < 12 ? "AM" : "PM";
            case 'P' -> time.getHour() < 12 ? "am" : "pm";
            case 'a' -> DAYS.get(weekday(time)).substring(0, 3);
            case 'A' -> DAYS.get(weekday(time));
            case 'b', 'h' -> MONTHS.get(time.getMonthValue() - 1).substring(0, 3);
            case 'B' -> MONTHS.get(time.getMonthValue() - 1);
            case 'u' -> Integer.toString(time.getDayOfWeek().getValue());
            case 'w' -> Integer.toString(weekday(time));
            case 'U' -> padded((time.getDayOfYear() + 6 - weekday(time)) / 7, 2);
            case 'W' -> padded((time.getDayOfYear() + 6 - (weekday(time) + 6) % 7) / 7, 2);
            case 'V' -> padded(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2);
            case 'G' -> Integer.toString(time.get(WeekFields.ISO.weekBasedYear()));
            case 'g' -> padded(Math.floorMod(time.get(WeekFields.ISO.weekBasedYear()), 100), 2);
            case 's' -> Long.toString(time.toEpochSecond());
            case 'Z' -> "UTC";
            case 'z' -> "+0000";
            case 'D', 'x' -> print(time, "%m/%d/%y");
            case 'F' -> print(time, "%Y-%m-%d");
            case 'T', 'X' -> print(time, "%H:%M:%S");
            case 'R' -> print(time, "%H:%M");
            case 'r' -> print(time, "%I:%M:%S %p");
            case 'c' -> print(time, "%a %b %e %H:%M:%S %Y");
            case 'n' -> "\n";
            case 't' -> "\t";
            case '%' -> "%";
            default -> "%" + conversion;
        };
    }

    /**
     * Reads a time.
     *
     * @throws DateTimeException where the text is not in the format
     */
    static LocalDateTime parse(String text, String format) {
        return new Reader(text).read(format);
    }

    private static int twelve(ZonedDateTime time) {
        return time.get(ChronoField.CLOCK_HOUR_OF_AMPM);
    }

    private static int weekday(ZonedDateTime time) {
        return time.getDayOfWeek().getValue() % 7;
    }

    private static String padded(int number, int digits) {
        return String.format(Locale.ROOT, "%0" + digits + "d", number);
    }

    private static String spaced(int number) {
        return String.format(Locale.ROOT, "%2d", number);
    }

    private static final class Reader {

        private final String text;
        private int position;
        private int year = 1900;
        private int month = 1;
        private int day = 1;
        private int dayOfYear;
        private int hour;
        private int minute;
        private int second;
        private boolean afternoon;
        private boolean twelve;
        private long epoch = Long.MIN_VALUE;
        private int offset;

        Reader(String text) {
            this.text = text;
        }

        LocalDateTime read(String format) {
            readAll(format);
            if (position < text.length()) {
                throw mismatch();
            }
            if (epoch != Long.MIN_VALUE) {
                return LocalDateTime.ofInstant(Instant.ofEpochSecond(epoch), ZoneOffset.UTC);
            }
            if (twelve) {
                hour = hour % 12 + (afternoon ? 12 : 0);
            }
            LocalDate date = dayOfYear > 0 ? LocalDate.ofYearDay(year, dayOfYear) : LocalDate.of(year, month, day);
            // 60 is a leap second, which is the next minute's first here.
            return date.atTime(hour, minute).plusSeconds(second).minusSeconds(offset);
        }

        private void readAll(String format) {
            for (int i = 0; i < format.length(); i++) {
                char c = format.charAt(i);
                if (c == '%' && i + 1 < format.length()) {
                    conversion(format.charAt(++i));
                } else if (Character.isWhitespace(c)) {
                    space();
                } else {
                    literal(c);
                }
            }
        }

        private void conversion(char conversion) {
            switch (conversion) {
                case 'Y' -> year = number(4, 0, 9999);
                case 'y' -> {
                    int two = number(2, 0, 99);
                    year = two < 69 ? 2000 + two : 1900 + two;
                }
                case 'm' -> month = number(2, 1, 12);
                case 'd', 'e' -> {
                    space();
                    day = number(2, 1, 31);
                }
                case 'j' -> dayOfYear = number(3, 1, 366);
                case 'H', 'k' -> {
                    space();
                    hour = number(2, 0, 23);
                }
                case 'I', 'l' -> {
                    space();
                    hour = number(2, 1, 12);
                    twelve = true;
                }
                case 'M' -> minute = number(2, 0, 59);
                case 'S' -> second = number(2, 0, 60);
                case 'p', 'P' -> afternoon = name(List.of("AM", "PM"), false) == 1;
                case 'a', 'A' -> name(DAYS, true);
                case 'b', 'B', 'h' -> month = name(MONTHS, true) + 1;
                case 's' -> epoch = seconds();
                case 'Z' -> zoneName();
                case 'z' -> offset = zoneOffset();
                case 'D', 'x' -> readAll("%m/%d/%y");
                case 'F' -> readAll("%Y-%m-%d");
                case 'T', 'X' -> readAll("%H:%M:%S");
                case 'R' -> readAll("%H:%M");
                case 'r' -> readAll("%I:%M:%S %p");
                case 'c' -> readAll("%a %b %e %H:%M:%S %Y");
                case 'n', 't' -> space();
                case '%' -> literal('%');
                default -> throw mismatch();
            }
        }

        private void space() {
            while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
                position++;
            }
        }

        private void literal(char c) {
            if (position >= text.length() || text.charAt(position) != c) {
                throw mismatch();
            }
            position++;
        }

        private int number(int mostDigits, int least, int most) {
            int begin = position;
            int number = 0;
            while (position < text.length() && position - begin < mostDigits && isDigit(text.charAt(position))) {
                number = number * 10 + text.charAt(position++) - '0';
            }
            if (position == begin || number < least || number > most) {
                throw mismatch();
            }
            return number;
        }

        private long seconds() {
            int begin = position;
            while (position < text.length() && position - begin < 12 && isDigit(text.charAt(position))) {
                position++;
            }
            if (position == begin) {
                throw mismatch();
            }
            return Long.parseLong(text.substring(begin, position));
        }

        private int name(List<String> names, boolean abbreviated) {
            for (int i = 0; i < names.size(); i++) {
                String name = names.get(i);
                if (text.regionMatches(true, position, name, 0, name.length())) {
                    position += name.length();
                    return i;
                }
            }
            for (int i = 0; abbreviated && i < names.size(); i++) {
                if (text.regionMatches(true, position, names.get(i), 0, 3)) {
                    position += 3;
                    return i;
                }
            }
            throw mismatch();
        }

        private void zoneName() {
            int begin = position;
            while (position < text.length() && Character.isLetter(text.charAt(position))) {
                position++;
            }
            if (position == begin) {
                throw mismatch();
            }
        }

        private int zoneOffset() {
            if (position < text.length() && text.charAt(position) == 'Z') {
                position++;
                return 0;
            }
            int sign = position < text.length() && text.charAt(position) == '-' ? -1 : 1;
            if (sign < 0 || position < text.length() && text.charAt(position) == '+') {
                position++;
            } else {
                throw mismatch();
            }
            int hours = number(2, 0, 23);
            if (position < text.length() && text.charAt(position) == ':') {
                position++;
            }
            return sign * (hours * 3600 + number(2, 0, 59) * 60);
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }

        private static DateTimeException mismatch() {
            return new DateTimeException("mismatch");
        }
    }
}

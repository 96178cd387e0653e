package io.riacho.standalone;

/** Starts all services of Riacho in one process. */
public final class RiachoApplication {

    private RiachoApplication() {}

    public static void main(String[] args) {}
}

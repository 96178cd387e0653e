package io.riacho.protocol.rest;

import io.riacho.protocol.server.RequestAuthentication.Authenticated;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A request whose body was read already, to be read again. */
final class BodyRequest extends HttpServletRequestWrapper {

    private final Authenticated authenticated;

    BodyRequest(HttpServletRequest request, Authenticated authenticated) {
        super(request);
        this.authenticated = authenticated;
    }

    @Override
    public ServletInputStream getInputStream() {
        return new Stream(authenticated.newStream());
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(authenticated.newStream(), StandardCharsets.UTF_8));
    }

    private static final class Stream extends ServletInputStream {

        private final InputStream bytes;

        Stream(InputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() throws IOException {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return bytes.read(target, offset, length);
        }

        @Override
        public boolean isFinished() {
            try {
                return bytes.available() == 0;
            } catch (IOException _) {
                return true;
            }
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("the body is in memory");
        }
    }
}

package io.kuber.server.tunnel;

import io.kuber.api.RemoteProcess;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;

/**
 * The client's side of a process.
 *
 * @param stdin what the client types; at its end at once when it does not
 * @param end takes what the error stream is to say, once
 * @param resizes starts to tell the process of new sizes of the terminal
 * @param close ends the session after all that was sent
 */
record ExecStreams(
    InputStream stdin,
    OutputStream stdout,
    OutputStream stderr,
    Consumer<byte[]> end,
    Consumer<RemoteProcess> resizes,
    Runnable close) {}

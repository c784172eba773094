package io.kuber.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A TCP connection into a pod. The streams block; each is for one thread at a time. */
public interface PodConnection extends AutoCloseable {
  /** What the pod sends. */
  InputStream input();

  /** What the pod receives; closing it tells the pod that no more will come, and nothing else. */
  OutputStream output();

  /** Ends the connection and wakes threads that are blocked on its streams. May be repeated. */
  @Override
  void close() throws IOException;
}

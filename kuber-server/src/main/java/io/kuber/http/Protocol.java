package io.kuber.http;

/** The version of HTTP that a request came in. */
public enum Protocol {
  /** HTTP/1.0. */
  HTTP_1_0,
  /** HTTP/1.1, the only one with upgrades. */
  HTTP_1_1,
  /** HTTP/2. */
  HTTP_2
}

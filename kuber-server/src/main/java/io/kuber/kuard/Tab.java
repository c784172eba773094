package io.kuber.kuard;

/** The pages, in the order of the navigation; the paths are the original's. */
enum Tab {
  REQUEST("/", "Request"),
  ENV("/-/env", "Env"),
  MEMORY("/-/mem", "Memory"),
  LIVENESS("/-/liveness", "Liveness"),
  READINESS("/-/readiness", "Readiness"),
  DNS("/-/dns", "DNS"),
  KEYGEN("/-/keygen", "KeyGen"),
  MEMQ("/-/memq", "MemQ"),
  FILES("/fs/", "File system");

  private final String path;
  private final String title;

  Tab(String path, String title) {
    this.path = path;
    this.title = title;
  }

  String path() {
    return path;
  }

  String title() {
    return title;
  }
}

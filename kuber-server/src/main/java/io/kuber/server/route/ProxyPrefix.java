package io.kuber.server.route;

/** The part of a path that belongs to the API server; what follows is the other's. Pure. */
final class ProxyPrefix {
  private ProxyPrefix() {}

  /** So many parts of an escaped path, with the slashes in front of them. */
  static String of(String path, int parts) {
    int end = 0;
    for (int part = 0; part < parts; part++) {
      while (end < path.length() && path.charAt(end) == '/') {
        end++;
      }
      int slash = path.indexOf('/', end);
      end = slash < 0 ? path.length() : slash;
    }
    return path.substring(0, end);
  }
}

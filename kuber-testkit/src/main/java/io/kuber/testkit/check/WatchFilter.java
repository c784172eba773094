package io.kuber.testkit.check;

/** What a watch asks for. */
@FunctionalInterface
public interface WatchFilter {
  /** All keys. */
  WatchFilter ALL = (key, value) -> true;

  /** Whether the watch asks for a key that has this value. */
  boolean matches(String key, String value);

  /** All keys that begin like this. */
  static WatchFilter prefix(String prefix) {
    return (key, value) -> key.startsWith(prefix);
  }
}

package io.kuber.engine;

import java.util.Map;

/** What happens in the engine, for those who watch ({@code docker events}). For any thread. */
@FunctionalInterface
public interface Happenings {
  /**
   * Tells of something that has happened just now.
   *
   * @param type {@code container}, {@code image}, {@code network} or {@code volume}
   * @param action such as {@code start} or {@code exec_create: ls}
   * @param id of what it happened to
   * @param attributes such as {@code name} and {@code image}, and the labels
   */
  void tell(String type, String action, String id, Map<String, String> attributes);
}

package io.kuber.server.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How far a request has come when an event tells of it. */
public enum Stage {
  /** It is known who asks for what, and nothing has been done. */
  REQUEST_RECEIVED("RequestReceived"),
  /** The head of an answer without a natural end is out: of watches and streams alone. */
  RESPONSE_STARTED("ResponseStarted"),
  /** It is over. */
  RESPONSE_COMPLETE("ResponseComplete"),
  /** The server has failed at it. */
  PANIC("Panic");

  private final String text;

  Stage(String text) {
    this.text = text;
  }

  /** As policies and events name it. */
  public String text() {
    return text;
  }

  static Optional<Stage> of(String text) {
    return Arrays.stream(values()).filter(stage -> stage.text.equals(text)).findFirst();
  }

  static List<String> texts() {
    return Arrays.stream(values()).map(Stage::text).toList();
  }
}

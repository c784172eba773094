package io.kuber.testkit.webhook;

import io.kuber.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a webhook says of a write.
 *
 * @param reason why it is refused; empty when it is allowed
 * @param object what is to be written instead; empty for what was sent
 * @param warnings for whoever writes
 */
public record Verdict(Optional<String> reason, Optional<KubeObject> object, List<String> warnings) {
  /** Copies the warnings. */
  public Verdict {
    warnings = List.copyOf(warnings);
  }

  /** The write is fine. */
  public static Verdict allow() {
    return new Verdict(Optional.empty(), Optional.empty(), List.of());
  }

  /** The write is refused. */
  public static Verdict deny(String reason) {
    return new Verdict(Optional.of(reason), Optional.empty(), List.of());
  }

  /** This is to be written instead; for mutating webhooks. */
  public static Verdict change(KubeObject object) {
    return new Verdict(Optional.empty(), Optional.of(object), List.of());
  }

  /** The same with a further warning, which kubectl prints. */
  public Verdict warning(String text) {
    List<String> all = new ArrayList<>(warnings);
    all.add(text);
    return new Verdict(reason, object, all);
  }
}

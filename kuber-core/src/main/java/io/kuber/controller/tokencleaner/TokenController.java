package io.kuber.controller.tokencleaner;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.object.KubeObject;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.view.View;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;

/** Deletes a token that lets machines join, when its {@code expiration} has come. */
public final class TokenController implements Controller {
  private static final String TYPE = "bootstrap.kubernetes.io/token";
  private static final String NAMESPACE = "kube-system";

  @Override
  public String name() {
    return "token-cleaner";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(Trigger.itself(Resources.SECRETS));
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    if (!key.namespace().equals(NAMESPACE)) {
      return Plan.NOTHING;
    }
    return view.get(key)
        .filter(secret -> secret.tree().text("type").equals(TYPE))
        .map(secret -> plan(secret, now))
        .orElse(Plan.NOTHING);
  }

  private static Plan plan(KubeObject secret, Instant now) {
    String encoded = secret.tree().tree("data").text("expiration");
    if (encoded.isEmpty()) {
      return Plan.NOTHING;
    }
    Instant end = time(encoded, now);
    if (end.isAfter(now)) {
      return Plan.builder().againAfter(Duration.between(now, end)).build();
    }
    DeleteOptions options = new DeleteOptions(-1, "", secret.uid(), secret.resourceVersion());
    return Plan.of(
        new Action.Delete(Resources.SECRETS, secret.namespace(), secret.name(), options));
  }

  /** What cannot be read counts as over, as it does upstream: nobody is let in with it either. */
  private static Instant time(String encoded, Instant now) {
    try {
      String text = new String(Base64.getDecoder().decode(encoded), UTF_8);
      return OffsetDateTime.parse(text).toInstant();
    } catch (IllegalArgumentException | DateTimeException unreadable) {
      return now;
    }
  }
}

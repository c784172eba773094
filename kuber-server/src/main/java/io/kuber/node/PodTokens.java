package io.kuber.node;

import io.kuber.api.ApiException;
import io.kuber.node.volume.VolumeException;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens of one pod's service account. Each is used until four fifths of its life are over, at most
 * a day (upstream pkg/kubelet/token). For any thread; the monitor guards the fields.
 */
final class PodTokens {
  private static final Duration OLDEST = Duration.ofHours(24);

  private final ClusterObjects objects;
  private final InstantSource clock;
  private final KubeObject pod;
  private final Map<Wish, Issued> issued = new LinkedHashMap<>();

  PodTokens(ClusterObjects objects, InstantSource clock, KubeObject pod) {
    this.objects = objects;
    this.clock = clock;
    this.pod = pod;
  }

  private record Wish(String audience, long seconds) {}

  private record Issued(String token, Instant renewAt, Instant expires) {}

  /** A token for an audience, empty for the API server itself. */
  synchronized String token(String audience, long seconds) {
    Wish wish = new Wish(audience, seconds);
    Issued known = issued.get(wish);
    Instant now = clock.instant();
    if (known != null && now.isBefore(known.renewAt())) {
      return known.token();
    }
    try {
      Issued fresh = request(wish, now);
      issued.put(wish, fresh);
      return fresh.token();
    } catch (ApiException | ContainerConfigException e) {
      if (known != null && now.isBefore(known.expires())) {
        return known.token();
      }
      throw new VolumeException("failed to fetch token: " + e.getMessage());
    }
  }

  private Issued request(Wish wish, Instant now) {
    String account = pod.spec().text("serviceAccountName");
    Tree.Builder spec =
        Tree.builder()
            .put("expirationSeconds", wish.seconds())
            .put(
                "boundObjectRef",
                Tree.of("apiVersion", "v1", "kind", "Pod", "name", pod.name(), "uid", pod.uid()));
    if (!wish.audience().isEmpty()) {
      spec.put("audiences", Items.of(wish.audience()));
    }
    Tree status =
        objects.token(pod.namespace(), account.isEmpty() ? "default" : account, spec.build());
    String expiry = status.text("expirationTimestamp");
    Instant expires = expiry.isEmpty() ? now.plusSeconds(wish.seconds()) : Instant.parse(expiry);
    return new Issued(status.text("token"), renewal(now, expires), expires);
  }

  /** When a token gets too old to be left with the pod. */
  static Instant renewal(Instant issued, Instant expires) {
    Duration age = Duration.between(issued, expires).multipliedBy(4).dividedBy(5);
    return issued.plus(age.compareTo(OLDEST) < 0 ? age : OLDEST);
  }

  /** When the next token has to be renewed; empty while there are none. */
  synchronized Optional<Instant> nextRenewal() {
    return issued.values().stream().map(Issued::renewAt).min(Comparator.naturalOrder());
  }
}

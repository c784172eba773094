package io.kuber.scheduler.state;

import io.kuber.resource.Resources;
import io.kuber.store.Key;
import java.util.HashMap;
import java.util.Map;

/** How many pods on nodes mount each claim. Owned by the scheduler's loop. */
final class Claims {
  private final Map<Key, Integer> users = new HashMap<>();

  void count(PodEntry pod, int sign) {
    for (PodEntry.ClaimName claim : pod.claims()) {
      Key key = Resources.PERSISTENT_VOLUME_CLAIMS.key(pod.key().namespace(), claim.name());
      users.merge(key, sign, Claims::sumOrNone);
    }
  }

  @SuppressWarnings("NullAway") // merge forgets the key when it is given null
  private static Integer sumOrNone(Integer before, Integer more) {
    return before + more == 0 ? null : Integer.valueOf(before + more);
  }

  int users(Key claim) {
    return users.getOrDefault(claim, 0);
  }
}

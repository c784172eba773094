package io.kuber.admission.webhook;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.kuber.resource.ResourceType;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The webhooks of one kind of configuration, sorted by its name. What was read from a stored
 * configuration is kept as long as the store keeps it. For any thread.
 */
final class Configurations {
  private final ResourceType type;
  private final Cache<Stored, List<Hook>> read = CacheBuilder.newBuilder().weakKeys().build();

  Configurations(ResourceType type) {
    this.type = type;
  }

  List<Hook> hooks(Image image) {
    Iterator<Stored> stored = image.scan(type.qualifiedName(), "", null);
    if (!stored.hasNext()) {
      return List.of();
    }
    List<Hook> hooks = new ArrayList<>();
    while (stored.hasNext()) {
      hooks.addAll(read(stored.next()));
    }
    return hooks;
  }

  private List<Hook> read(Stored stored) {
    List<Hook> known = read.getIfPresent(stored);
    if (known == null) {
      known = Hook.of(stored.object());
      read.put(stored, known);
    }
    return known;
  }
}

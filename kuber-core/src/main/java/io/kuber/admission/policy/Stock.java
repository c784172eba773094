package io.kuber.admission.policy;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * What was read of all objects of one kind, sorted by their names; each is read once, when it is
 * first needed. For any thread.
 *
 * @param <T> what one object is read as
 */
final class Stock<T> {
  private final ResourceType type;
  private final Function<KubeObject, T> reading;
  private final Cache<Stored, T> read = CacheBuilder.newBuilder().weakKeys().build();

  Stock(ResourceType type, Function<KubeObject, T> reading) {
    this.type = type;
    this.reading = reading;
  }

  List<T> in(Image image) {
    Iterator<Stored> stored = image.scan(type.qualifiedName(), "", null);
    if (!stored.hasNext()) {
      return List.of();
    }
    List<T> all = new ArrayList<>();
    while (stored.hasNext()) {
      all.add(read(stored.next()));
    }
    return all;
  }

  private T read(Stored stored) {
    T known = read.getIfPresent(stored);
    if (known == null) {
      known = reading.apply(stored.object());
      read.put(stored, known);
    }
    return known;
  }
}

package io.kuber.resource.custom;

import io.kuber.resource.Catalogue;
import io.kuber.resource.Kind;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.store.Delta;
import io.kuber.store.Image;
import io.kuber.store.Store;
import io.kuber.store.Stored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The catalogue as it is now: the built-in kinds, and those of the definitions in the store. Any
 * thread may ask; it is the same instance until a definition changes.
 *
 * <p>The applying thread only notes that a definition changed; whoever asks next makes the new
 * catalogue, with the kinds of all definitions that did not change as they are.
 */
public final class CustomCatalogue implements Supplier<Catalogue>, AutoCloseable {
  private static final String DEFINITIONS = Resources.CUSTOM_RESOURCE_DEFINITIONS.qualifiedName();

  private final Store store;
  private final Catalogue builtIn;
  private final CustomKinds kinds;
  private final Consumer<String> gone;
  private final Store.Listener listener =
      new Store.Listener() {
        @Override
        public void changed(Delta delta, Image after) {
          CustomCatalogue.this.changed(delta, after);
        }

        @Override
        public void replaced(Image snapshot) {
          definitions = snapshot;
          revision = snapshot.revision();
        }
      };

  /** The image after the last change of a definition. */
  private volatile Image definitions;

  /** Written by the applying thread alone. */
  private long revision;

  private volatile Made made;

  private record Entry(Stored definition, Optional<Kind> kind) {}

  private record Made(Image from, Map<String, Entry> entries, Catalogue catalogue) {}

  /**
   * The catalogue of a store.
   *
   * @param builtIn kinds that are always there, and that no definition replaces
   * @param kinds makes kinds from definitions
   * @param gone called on the applying thread, with the qualified name of a resource whose
   *     definition was deleted
   */
  public CustomCatalogue(Store store, Catalogue builtIn, CustomKinds kinds, Consumer<String> gone) {
    this.store = store;
    this.builtIn = builtIn;
    this.kinds = kinds;
    this.gone = gone;
    this.definitions = store.image();
    this.made = new Made(definitions, Map.of(), builtIn);
    Image start = store.subscribe(listener);
    if (start.revision() >= definitions.revision()) {
      definitions = start;
    }
    this.made = make(definitions);
  }

  private void changed(Delta delta, Image image) {
    boolean isDefinition = delta.key().resource().equals(DEFINITIONS);
    if (isDefinition || delta.revision() != revision + 1) {
      definitions = image;
    }
    revision = delta.revision();
    if (isDefinition && delta.deleted()) {
      gone.accept(delta.key().name());
    }
  }

  @Override
  public Catalogue get() {
    Made current = made;
    if (current.from != definitions) {
      current = makeNew();
    }
    return current.catalogue;
  }

  private synchronized Made makeNew() {
    Image now = definitions;
    if (made.from != now) {
      made = make(now);
    }
    return made;
  }

  private Made make(Image image) {
    Map<String, Entry> entries = new HashMap<>();
    List<Kind> custom = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    builtIn.kinds().forEach(kind -> kind.versions().forEach(v -> taken.addAll(names(v.type()))));
    Iterator<Stored> all = image.scan(DEFINITIONS, "", null);
    while (all.hasNext()) {
      Stored stored = all.next();
      Entry known = made.entries.get(stored.key().name());
      Entry entry =
          known != null && known.definition.revision() == stored.revision()
              ? known
              : new Entry(stored, kinds.of(Definition.of(stored.object())));
      entries.put(stored.key().name(), entry);
      entry.kind.filter(kind -> isFree(kind, taken)).ifPresent(custom::add);
    }
    boolean same = entries.equals(made.entries);
    return new Made(image, entries, same ? made.catalogue : builtIn.with(custom));
  }

  /** Names are claimed one definition after the other; this holds even while they are not. */
  private static boolean isFree(Kind kind, Set<String> taken) {
    List<String> wanted =
        kind.versions().stream().flatMap(version -> names(version.type()).stream()).toList();
    if (wanted.stream().anyMatch(taken::contains)) {
      return false;
    }
    taken.addAll(wanted);
    return true;
  }

  private static List<String> names(ResourceType type) {
    return List.of(type.apiVersion() + "/" + type.plural(), type.apiVersion() + "/" + type.kind());
  }

  /** Stops following the store. */
  @Override
  public void close() {
    store.unsubscribe(listener);
  }
}

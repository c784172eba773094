package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Json;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Conversion;
import io.kuber.resource.Kind;
import io.kuber.resource.Resources;
import io.kuber.resource.Served;
import io.kuber.resource.Version;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.store.Stored;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many objects a converter that is far away is shown at once. */
class BatchesTest {
  private final List<Integer> asked = new ArrayList<>();

  /** Says in each object how many came with it. */
  private final Conversion far =
      new Conversion() {
        @Override
        public boolean waits() {
          return true;
        }

        @Override
        public List<KubeObject> fromStored(List<KubeObject> stored) {
          asked.add(stored.size());
          return stored.stream().map(object -> object.with((long) stored.size(), "with")).toList();
        }
      };

  private Served served(boolean isFar) {
    Kind kind = BuiltInKinds.catalogue().find("configmaps").orElseThrow();
    Version stored = kind.stored();
    return new Served(kind, stored.in("old.example", "v1", isFar ? far : Conversion.NONE));
  }

  private static List<Stored> entries(int count, int bytes) {
    List<Stored> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      KubeObject map =
          Resources.CONFIG_MAPS
              .object("default", "m" + i)
              .with(Tree.of("a", "x".repeat(bytes)), "data");
      entries.add(new Stored(Resources.CONFIG_MAPS.keyOf(map), i + 1L, Json.print(map.tree())));
    }
    return entries;
  }

  private List<String> shown(Served served, List<Stored> entries) {
    Batches batches = new Batches(served, entries);
    return entries.stream().map(entry -> batches.shown(entry).name()).toList();
  }

  @Test
  void areFullUntilTheLast() {
    List<Stored> entries = entries(250, 1);
    assertThat(shown(served(true), entries))
        .containsExactlyElementsOf(entries.stream().map(e -> e.key().name()).toList());
    assertThat(asked).containsExactly(100, 100, 50);
  }

  @Test
  void areSmallerWhenObjectsAreLarge() {
    shown(served(true), entries(5, 2 << 20));
    assertThat(asked).containsExactly(1, 1, 1, 1, 1);
  }

  @Test
  void beginAgainWithTheList() {
    List<Stored> entries = entries(150, 1);
    Batches batches = new Batches(served(true), entries);
    entries.forEach(batches::shown);
    entries.forEach(batches::shown);
    assertThat(asked).containsExactly(100, 50, 100, 50);
  }

  @Test
  void areNotNeededForConversionsNearby() {
    assertThat(shown(served(false), entries(3, 1))).containsExactly("m0", "m1", "m2");
    assertThat(asked).isEmpty();
  }
}

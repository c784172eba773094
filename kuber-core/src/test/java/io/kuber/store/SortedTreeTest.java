package io.kuber.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortedTreeTest {
  private static final int STEPS = 4_000;
  private static final int KEYS = 700;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void agreesWithTreeMapWhateverTheOrderOfChanges(long seed) {
    Random random = new Random(seed);
    TreeMap<Integer, Integer> model = new TreeMap<>();
    SortedTree<Integer, Integer> tree = SortedTree.empty();
    for (int step = 0; step < STEPS; step++) {
      int key = random.nextInt(KEYS);
      if (random.nextInt(3) == 0) {
        model.remove(key);
        tree = tree.without(key);
      } else {
        model.put(key, step);
        tree = tree.with(key, step);
      }
      int probe = random.nextInt(KEYS);
      assertThat(tree.get(probe)).isEqualTo(model.get(probe));
      assertThat(tree.size()).isEqualTo(model.size());
      assertThat(tree.rank(probe)).isEqualTo(model.headMap(probe).size());
      if (step % 50 == 0) {
        assertThat(ImmutableList.copyOf(tree.values())).containsExactlyElementsOf(model.values());
        assertThat(ImmutableList.copyOf(tree.valuesFrom(probe)))
            .containsExactlyElementsOf(model.tailMap(probe).values());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, -1})
  void staysShallowWhenKeysComeInOrder(int direction) {
    SortedTree<Probe, Integer> tree = SortedTree.empty();
    int size = 10_000;
    for (int i = 0; i < size; i++) {
      tree = tree.with(new Probe(direction * i), i);
    }
    Probe.comparisons = 0;
    assertThat(tree.get(new Probe(direction * 5_000))).isEqualTo(5_000);
    assertThat(Probe.comparisons).isLessThan(28);
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void keepsOldVersionsAsTheyWere(long seed) {
    Random random = new Random(seed);
    SortedTree<Integer, Integer> old = SortedTree.empty();
    for (int i = 0; i < 100; i++) {
      old = old.with(i, i);
    }
    ImmutableList<Integer> before = ImmutableList.copyOf(old.values());
    SortedTree<Integer, Integer> changed = old;
    for (int i = 0; i < 500; i++) {
      int key = random.nextInt(200);
      changed = random.nextBoolean() ? changed.with(key, -1) : changed.without(key);
    }
    assertThat(ImmutableList.copyOf(old.values())).isEqualTo(before);
  }

  /** A number that counts how often numbers are compared. */
  private record Probe(int number) implements Comparable<Probe> {
    static int comparisons;

    @Override
    public int compareTo(Probe other) {
      comparisons++;
      return Integer.compare(number, other.number);
    }
  }
}

package io.kuber.managed;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.simulation.Seeds;
import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.schema.TypeSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Owners beside a model of them that is slow and plain: sets of whole paths. Objects are changed at
 * random; {@code -Dseed=} replays one.
 */
final class OwnersModelTest {
  private static final int STEPS = 12;
  private static final List<TypeSchema> TYPES =
      List.of(Sample.DEPLOYMENT, Sample.SERVICE, Sample.POD, Sample.ANYTHING);
  private static final Tree OBJECT =
      Sample.yaml(
          """
          apiVersion: v1
          kind: Any
          metadata:
            name: web
            uid: u
            labels: {tier: front, app: web, zone: a, b: b, z: z, c: c, y: y}
            finalizers: [b/b, a/a]
            ownerReferences: [{uid: u2, name: y}, {uid: u1, name: x}]
          spec:
            replicas: 3
            type: ClusterIP
            clusterIPs: [10.0.0.2, 10.0.0.1]
            selector: {matchLabels: {app: web}}
            strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}
            ports:
            - {port: 443, protocol: TCP, name: https}
            - {port: 80, protocol: TCP, name: http}
            tolerations: [{key: a, operator: Exists}]
            containers:
            - {name: c, image: i, args: [x, y], ports: [{containerPort: 80, protocol: TCP}]}
            - {name: b, image: j, resources: {limits: {memory: 1Gi, cpu: '1'}}}
            template:
              metadata: {labels: {app: web}}
              spec: {containers: [{name: c, image: i, env: [{name: B, value: b}, {name: A}]}]}
          status:
            replicas: 3
            phase: Running
            conditions: [{type: Ready, status: 'True'}, {type: Available, status: 'True'}]
          """);

  /** What comes out, or the word of the misfit that it ends in. */
  private static Object outcome(Supplier<?> work) {
    try {
      return work.get();
    } catch (MisfitException misfit) {
      return misfit.text();
    }
  }

  private static Tree copy(Tree tree) {
    return Json.parse(Json.print(tree));
  }

  private static Set<List<PathElement>> paths(FieldSet set) {
    Set<List<PathElement>> paths = new LinkedHashSet<>();
    set.forEach((path, text) -> paths.add(path));
    return paths;
  }

  private static boolean isWithin(List<PathElement> path, List<PathElement> outer) {
    return path.size() > outer.size() && path.subList(0, outer.size()).equals(outer);
  }

  private static FieldSet fields(Mutant mutant, Tree tree) {
    TypeSchema type = mutant.any(TYPES);
    try {
      return NewFields.of(tree, type);
    } catch (MisfitException misfit) {
      return FieldSet.EMPTY;
    }
  }

  @Test
  void aNewObjectHasTheFieldsThatTellItFromNothing() {
    Seeds.each(
        seed -> {
          Mutant mutant = new Mutant(seed);
          Tree tree = OBJECT;
          for (int i = 0; i < STEPS; i++) {
            Tree object = tree;
            for (TypeSchema type : TYPES) {
              assertThat(outcome(() -> NewFields.of(object, type)))
                  .isEqualTo(outcome(() -> Comparer.compare(Tree.EMPTY, object, type).written()));
            }
            tree = mutant.change(i % 4 == 3 ? OBJECT : tree);
          }
        });
  }

  /** What is the very same is not looked into, and so cannot be found not to fit its type. */
  @Test
  void whatIsSharedDoesNotDiffer() {
    Seeds.each(
        seed -> {
          Mutant mutant = new Mutant(seed);
          Tree before = OBJECT;
          for (int i = 0; i < STEPS; i++) {
            Tree old = before;
            Tree now = mutant.change(old);
            for (TypeSchema type : TYPES) {
              Object expected = outcome(() -> Comparer.compare(copy(old), copy(now), type));
              if (expected instanceof Comparison) {
                assertThat(Comparer.compare(old, now, type)).isEqualTo(expected);
              }
            }
            before = i % 4 == 3 ? OBJECT : now;
          }
        });
  }

  @Test
  void setsOfFieldsAreSetsOfPaths() {
    Seeds.each(
        seed -> {
          Mutant mutant = new Mutant(seed);
          for (int i = 0; i < STEPS; i++) {
            FieldSet left = fields(mutant, mutant.change(OBJECT));
            FieldSet right =
                mutant.any(
                    List.of(fields(mutant, mutant.change(OBJECT)), left.leaves(), FieldSet.EMPTY));
            checkAlgebra(left, right);
            assertThat(FieldsV1.read(copy(FieldsV1.print(left)))).isEqualTo(left);
          }
        });
  }

  private static void checkAlgebra(FieldSet left, FieldSet right) {
    Set<List<PathElement>> both = new HashSet<>(paths(left));
    both.addAll(paths(right));
    assertThat(paths(left.union(right))).isEqualTo(both);
    Set<List<PathElement>> common = new HashSet<>(paths(left));
    common.retainAll(paths(right));
    assertThat(paths(left.intersection(right))).isEqualTo(common);
    Set<List<PathElement>> rest = new HashSet<>(paths(left));
    rest.removeAll(paths(right));
    assertThat(paths(left.difference(right))).isEqualTo(rest);
    rest.removeIf(path -> paths(right).stream().anyMatch(outer -> isWithin(path, outer)));
    assertThat(paths(left.recursiveDifference(right))).isEqualTo(rest);
  }

  /** Who owned something inside what is atomic owns that as a whole. */
  @Test
  void setsAreCutAsTheTypeCutsObjects() {
    Seeds.each(
        seed -> {
          Mutant mutant = new Mutant(seed);
          for (int i = 0; i < STEPS; i++) {
            FieldSet set = fields(mutant, mutant.change(OBJECT));
            for (TypeSchema type : TYPES) {
              Set<List<PathElement>> expected =
                  paths(set).stream().map(path -> cut(path, type)).collect(Collectors.toSet());
              assertThat(paths(NamedFields.reconciled(set, type))).isEqualTo(expected);
            }
          }
        });
  }

  private static List<PathElement> cut(List<PathElement> path, TypeSchema type) {
    Place place = Place.of(type);
    for (int i = 0; i < path.size() - 1; i++) {
      place =
          path.get(i) instanceof PathElement.FieldName field
              ? place.child(field.name())
              : place.element();
      if (place.isAtomic()) {
        return path.subList(0, i + 1);
      }
    }
    return path;
  }

  @Test
  void writersTakeWhatTheyChangeAndNobodyLosesAnythingElse() {
    Seeds.each(
        seed -> {
          Mutant mutant = new Mutant(seed);
          for (TypeSchema type : TYPES) {
            checkWrites(mutant, type);
          }
        });
  }

  private static void checkWrites(Mutant mutant, TypeSchema type) {
    Ownership ownership = new Ownership(Conversions.NONE);
    Tree object = OBJECT;
    Items entries = ownership.create(new Typed(object, "v1", type), writer("creator", 0));
    Map<Owner, Set<List<PathElement>>> model = model(entries);
    for (int i = 1; i <= STEPS; i++) {
      Writer writer = writer(mutant.any(List.of("creator", "a", "b")), i);
      Tree next = mutant.change(object);
      Tree before = Managing.managed(object, entries);
      Tree now = next;
      Typed live = new Typed(object, "v1", type);
      entries = ownership.update(before, now, live, new Typed(now, "v1", type), writer);
      if (!outcome(() -> write(model, copy(live.tree()), copy(now), type, writer)).equals(true)) {
        return;
      }
      assertThat(model(entries)).isEqualTo(model);
      if (entries.isEmpty()) {
        return;
      }
      object = next;
    }
  }

  private static Writer writer(String manager, int second) {
    return new Writer(manager, "", "2026-01-01T00:00:%02dZ".formatted(second), kept -> kept);
  }

  /** What a write makes of the model; gives true, unless the objects do not fit their type. */
  private static boolean write(
      Map<Owner, Set<List<PathElement>>> model,
      Tree before,
      Tree after,
      TypeSchema type,
      Writer writer) {
    Comparison change =
        Comparer.compare(Managing.unmanaged(before), Managing.unmanaged(after), type);
    Set<List<PathElement>> gone = new HashSet<>(paths(change.written()));
    gone.addAll(paths(change.removed()));
    Set<List<PathElement>> taken = new HashSet<>(paths(Stripped.from(change.written())));
    List<Owner> owners = new ArrayList<>(model.keySet());
    for (Owner owner : owners) {
      Set<List<PathElement>> left =
          model.getOrDefault(owner, Set.of()).stream()
              .map(path -> change.isSame() ? path : cut(path, type))
              .collect(Collectors.toCollection(HashSet::new));
      left.removeAll(gone);
      model.put(owner, left);
    }
    if (!taken.isEmpty() && !owners.isEmpty()) {
      model
          .computeIfAbsent(writer.owner(Operation.UPDATE, "v1"), owner -> new HashSet<>())
          .addAll(taken);
    }
    model.values().removeIf(Set::isEmpty);
    return true;
  }

  private static Map<Owner, Set<List<PathElement>>> model(Items entries) {
    Map<Owner, Set<List<PathElement>>> model = new HashMap<>();
    ManagedFields.read(entries)
        .orElseThrow()
        .entries()
        .forEach(entry -> model.put(entry.owner(), new HashSet<>(paths(entry.fields()))));
    return model;
  }
}

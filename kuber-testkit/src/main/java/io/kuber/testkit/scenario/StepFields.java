package io.kuber.testkit.scenario;

import io.kuber.testkit.field.Fields;
import io.kuber.testkit.scenario.Step.Create;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the steps of a scenario, one after the other: later ones speak of what is there. */
final class StepFields {
  /** Objects of one step, and pods of one object. */
  private static final int MAX = 1_000_000;

  private static final String IMAGE = "kuber.io/simulated:1";
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String LABEL_OF_ZONE = "topology.kubernetes.io/zone";
  private static final String LABEL_OF_HOST = "kubernetes.io/hostname";

  private final List<Pool> pools;
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, Create> made = new LinkedHashMap<>();

  /** All that can happen: the name of the field, and who reads what stands in it. */
  private final Map<String, Function<Fields, Optional<Step>>> readers = new LinkedHashMap<>();

  StepFields(List<Pool> pools) {
    this.pools = pools;
    readers.put("create", this::create);
    readers.put("rollout", this::rollout);
    readers.put("scale", this::scale);
    readers.put("delete", this::delete);
    readers.put("fail", fields -> Optional.of(new Step.Fail(nodes(fields))));
    readers.put("return", fields -> Optional.of(new Step.Return(nodes(fields))));
    readers.put("drain", fields -> Optional.of(new Step.Drain(nodes(fields))));
    readers.put("wait", this::await);
  }

  List<Step> steps() {
    return steps;
  }

  /** Reads the next step: an object with one field, whose name says what happens. */
  void read(Fields step) {
    List<String> names = step.names();
    String known = String.join(", ", readers.keySet()) + ", pause";
    if (names.size() != 1) {
      step.refuse("", "a step has one field, of " + known);
      return;
    }
    String name = names.get(0);
    if (name.equals("pause")) {
      steps.add(new Step.Pause(step.duration("pause", Duration.ZERO)));
      return;
    }
    Function<Fields, Optional<Step>> reader = readers.get(name);
    if (reader == null) {
      step.refuse(name, "there is no such step, only " + known);
      return;
    }
    Fields fields = step.child(name);
    reader.apply(fields).ifPresent(steps::add);
    fields.checkAllRead();
  }

  private Optional<Step> create(Fields fields) {
    Optional<Work> work = fields.choice("kind", "kind", Work.values());
    String name = PoolFields.name(fields, "name", "work");
    int count = fields.number("count", 1, 1, MAX);
    int pods = fields.number("pods", 1, 0, MAX);
    Duration every = fields.duration("every", Duration.ZERO);
    PodShape shape = shape(fields);
    if (made.containsKey(name)) {
      fields.refuse("name", name + " is created before");
    }
    Create create = new Create(work.orElse(Work.DEPLOYMENT), name, count, pods, every, shape);
    made.put(name, create);
    return work.map(kind -> create);
  }

  private static PodShape shape(Fields fields) {
    return new PodShape(
        fields.text("image", IMAGE),
        PoolFields.quantity(fields, "cpu", "100m"),
        PoolFields.quantity(fields, "memory", "64Mi"),
        fields.texts("nodeSelector"),
        PoolFields.taints(fields, "tolerations"),
        spread(fields),
        fields.duration("lasting", Duration.ZERO));
  }

  private static String spread(Fields fields) {
    String over = fields.text("spread", "");
    return switch (over) {
      case "zone" -> LABEL_OF_ZONE;
      case "node" -> LABEL_OF_HOST;
      default -> {
        if (!over.isEmpty()) {
          fields.refuse("spread", "there is no spread over " + over + ", only zone, node");
        }
        yield "";
      }
    };
  }

  /** What an earlier step has created; refused where there is none. */
  private Optional<Create> earlier(Fields fields) {
    String name = fields.text("of");
    Create create = made.get(name);
    if (create == null && !name.isEmpty()) {
      String known = made.isEmpty() ? "" : ", only " + String.join(", ", made.keySet());
      fields.refuse("of", "no step before creates " + name + known);
    }
    return Optional.ofNullable(create);
  }

  private Optional<Step> rollout(Fields fields) {
    Optional<Create> of = earlier(fields);
    String image = fields.text("image");
    if (of.isPresent() && !of.get().work().rolls()) {
      fields.refuse("of", "a %s cannot be rolled out".formatted(of.get().work()));
    }
    return of.map(create -> new Step.Rollout(create.name(), image));
  }

  private Optional<Step> scale(Fields fields) {
    Optional<Create> of = earlier(fields);
    int pods = fields.number("pods", 0, 0, MAX);
    if (!fields.has("pods")) {
      fields.refuse("pods", "is missing");
    }
    if (of.isPresent() && !of.get().work().scales()) {
      fields.refuse("of", "a %s cannot be scaled".formatted(of.get().work()));
    }
    return of.map(create -> new Step.Scale(create.name(), pods));
  }

  private Optional<Step> delete(Fields fields) {
    return earlier(fields).map(create -> new Step.Delete(create.name()));
  }

  private NodeChoice nodes(Fields fields) {
    String pool = fields.text("pool", "");
    String zone = fields.text("zone", "");
    Set<String> names = pools.stream().map(Pool::name).collect(Collectors.toSet());
    if (!pool.isEmpty() && !names.contains(pool)) {
      fields.refuse("pool", "there is no pool " + pool);
    }
    if (!zone.isEmpty() && pools.stream().noneMatch(each -> each.zones().contains(zone))) {
      fields.refuse("zone", "no pool has a zone " + zone);
    }
    int there =
        pools.stream()
            .filter(each -> pool.isEmpty() || each.name().equals(pool))
            .mapToInt(each -> each.nodesIn(zone).size())
            .sum();
    return new NodeChoice(fields.number("nodes", 0, 0, there), pool, zone);
  }

  private Optional<Step> await(Fields fields) {
    Optional<Until> until = fields.choice("until", "condition", Until.values());
    String of = fields.has("of") ? earlier(fields).map(Create::name).orElse("") : "";
    Duration atMost = fields.duration("atMost", PATIENCE);
    return until.map(condition -> new Step.Wait(condition, of, atMost));
  }
}

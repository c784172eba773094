package io.kuber.resource.builtin.flowcontrol;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import java.util.List;

/** {@code flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration}. */
final class PriorityLevels implements KindRules {
  private static final long MAX_QUEUES = 10_000_000;

  /** Bits of the hash from which the queues of a flow are dealt. */
  private static final int MAX_HASH_BITS = 60;

  private static final long DEFAULT_SHARES = 30;
  private static final FieldPath LIMITED = FieldPath.SPEC.child("limited");
  private static final FieldPath RESPONSE = LIMITED.child("limitResponse");
  private static final FieldPath QUEUING = RESPONSE.child("queuing");

  static final Kind KIND =
      Kind.of(
              Resources.PRIORITY_LEVEL_CONFIGURATIONS,
              new PriorityLevels(),
              Columns.none()
                  .name()
                  .text("Type", (level, now) -> level.spec().text("type"))
                  .text("NominalConcurrencyShares", (level, now) -> shares(level.spec()))
                  .text("Queues", (level, now) -> queuing(level.spec(), "queues"))
                  .text("HandSize", (level, now) -> queuing(level.spec(), "handSize"))
                  .text(
                      "QueueLengthLimit", (level, now) -> queuing(level.spec(), "queueLengthLimit"))
                  .age())
          .with(Trait.STATUS, Trait.GENERATION);

  private PriorityLevels() {}

  private static Object shares(Tree spec) {
    return spec.has("limited")
        ? (Object) spec.number(0, "limited", "nominalConcurrencyShares")
        : "<none>";
  }

  private static Object queuing(Tree spec, String field) {
    Object value = spec.at("limited", "limitResponse", "queuing", field);
    return value == null ? "<none>" : value;
  }

  @Override
  public KubeObject defaulted(KubeObject level) {
    return level.withChild(
        "spec",
        spec ->
            spec.withChild("limited", PriorityLevels::limited)
                .withChild(
                    "exempt",
                    exempt ->
                        exempt
                            .withDefault("nominalConcurrencyShares", 0L)
                            .withDefault("lendablePercent", 0L)));
  }

  private static Tree limited(Tree limited) {
    return limited
        .withDefault("nominalConcurrencyShares", DEFAULT_SHARES)
        .withDefault("lendablePercent", 0L)
        .withChild(
            "limitResponse",
            response ->
                response.withChild(
                    "queuing",
                    queuing ->
                        queuing
                            .withDefault("queues", 64L)
                            .withDefault("handSize", 8L)
                            .withDefault("queueLengthLimit", 50L)));
  }

  @Override
  public void check(KubeObject level, Problems problems) {
    MetadataCheck.check(level, Names.SUBDOMAIN, problems);
    Tree spec = level.spec();
    FieldPath type = FieldPath.SPEC.child("type");
    if (level.name().equals("exempt") != spec.text("type").equals("Exempt")) {
      problems.invalid(
          type, spec.text("type"), "type must be 'Exempt' if and only if name is 'exempt'");
    }
    switch (spec.text("type")) {
      case "Exempt" -> {
        if (spec.has("limited")) {
          problems.forbidden(LIMITED, "must be nil if the type is not Limited");
        }
        if (spec.has("exempt")) {
          checkShares(FieldPath.SPEC.child("exempt"), spec.tree("exempt"), problems);
        }
      }
      case "Limited" -> checkLimited(spec, problems);
      default -> problems.notSupported(type, spec.text("type"), List.of("Exempt", "Limited"));
    }
    Fixed.check(Fixed.LEVELS, level, problems);
  }

  private static void checkLimited(Tree spec, Problems problems) {
    if (spec.has("exempt")) {
      problems.forbidden(FieldPath.SPEC.child("exempt"), "must be nil if the type is Limited");
    }
    if (!spec.has("limited")) {
      problems.required(LIMITED, "must not be empty when type is Limited");
      return;
    }
    Tree limited = spec.tree("limited");
    checkShares(LIMITED, limited, problems);
    if (limited.number(0, "borrowingLimitPercent") < 0) {
      problems.invalid(
          LIMITED.child("borrowingLimitPercent"),
          limited.number(0, "borrowingLimitPercent"),
          "if specified, must be a non-negative integer");
    }
    checkResponse(limited.tree("limitResponse"), problems);
  }

  private static void checkShares(FieldPath field, Tree level, Problems problems) {
    long shares = level.number(0, "nominalConcurrencyShares");
    if (shares < 0) {
      problems.invalid(
          field.child("nominalConcurrencyShares"), shares, "must be a non-negative integer");
    }
    long lendable = level.number(0, "lendablePercent");
    if (lendable < 0 || lendable > 100) {
      problems.invalid(
          field.child("lendablePercent"), lendable, "must be between 0 and 100, inclusive");
    }
  }

  private static void checkResponse(Tree response, Problems problems) {
    switch (response.text("type")) {
      case "Reject" -> {
        if (response.has("queuing")) {
          problems.forbidden(QUEUING, "must be nil if limited.limitResponse.type is not Limited");
        }
      }
      case "Queue" -> {
        if (response.has("queuing")) {
          checkQueuing(response.tree("queuing"), problems);
        } else {
          problems.required(QUEUING, "must not be empty if limited.limitResponse.type is Limited");
        }
      }
      default ->
          problems.notSupported(
              RESPONSE.child("type"), response.text("type"), List.of("Queue", "Reject"));
    }
  }

  private static void checkQueuing(Tree queuing, Problems problems) {
    long queues = queuing.number(0, "queues");
    long hand = queuing.number(0, "handSize");
    for (String field : new String[] {"queueLengthLimit", "queues", "handSize"}) {
      if (queuing.number(0, field) <= 0) {
        problems.invalid(QUEUING.child(field), queuing.number(0, field), "must be positive");
      }
    }
    if (queues > MAX_QUEUES) {
      problems.invalid(QUEUING.child("queues"), queues, "must not be greater than " + MAX_QUEUES);
    }
    FieldPath field = QUEUING.child("handSize");
    if (hand > queues) {
      problems.invalid(field, hand, "should not be greater than queues (" + queues + ")");
    } else if (hand > 0 && entropyBits(queues, hand) > MAX_HASH_BITS) {
      problems.invalid(
          field,
          hand,
          "required entropy bits of deckSize %d and handSize %d should not be greater than %d"
              .formatted(queues, hand, MAX_HASH_BITS));
    }
  }

  /** Bits that tell all hands apart (apiserver, pkg/util/shufflesharding). */
  private static int entropyBits(long queues, long hand) {
    double bits = 0;
    for (long card = 0; card < Math.min(hand, MAX_HASH_BITS); card++) {
      bits += Math.log((double) (queues - card)) / Math.log(2);
    }
    return (int) Math.ceil(bits);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
  }

  @Override
  public void checkStatus(KubeObject updated, KubeObject old, Problems problems) {
    FlowRuleCheck.checkConditions(updated, problems);
  }
}

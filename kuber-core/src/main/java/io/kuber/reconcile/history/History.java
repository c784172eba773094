package io.kuber.reconcile.history;

import io.kuber.object.KubeObject;
import io.kuber.reconcile.Action;
import io.kuber.resource.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The revisions of one workload, and what has to be done about its present template.
 *
 * @param past its revisions that are stored, oldest first
 * @param present the revision of the present template, as it is or as {@code changes} make it
 * @param changes what makes it so: nothing, or a creation, or a new number after a rollback
 * @param collisions how often the name of a revision was taken by another, this time included
 */
public record History(
    List<Revision> past, Revision present, List<Action> changes, long collisions) {
  /** Collisions in a row that are tried within one plan. */
  private static final int MAX_COLLISIONS = 100;

  /** Copies the lists. */
  public History {
    past = List.copyOf(past);
    changes = List.copyOf(changes);
  }

  /**
   * The history of an owner.
   *
   * @param hashLabel the label of a revision that has its hash
   * @param revisions all that it controls, in any order
   * @param stored what else is stored under a name, since names may be taken by others
   */
  public static History of(
      KubeObject owner,
      String hashLabel,
      List<KubeObject> revisions,
      Function<String, Optional<KubeObject>> stored) {
    List<Revision> past = revisions.stream().map(Revision::new).sorted(Revision.BY_AGE).toList();
    long collisions = owner.status().number(0, "collisionCount");
    long next = past.isEmpty() ? 1 : past.get(past.size() - 1).number() + 1;
    Revision wanted = Revision.of(owner, hashLabel, next, collisions);
    List<Revision> same = past.stream().filter(wanted::isSameAs).toList();
    if (same.isEmpty()) {
      return created(owner, hashLabel, past, next, collisions, stored);
    }
    Revision last = same.get(same.size() - 1);
    if (last.number() == next - 1 && last.equals(past.get(past.size() - 1))) {
      return new History(past, last, List.of(), collisions);
    }
    Revision again = last.numbered(next);
    Action renumber = new Action.Update(Resources.CONTROLLER_REVISIONS, again.object());
    return new History(past, again, List.of(renumber), collisions);
  }

  /** The first name that is free, or that has the same content: then it is ours, though late. */
  private static History created(
      KubeObject owner,
      String hashLabel,
      List<Revision> past,
      long number,
      long before,
      Function<String, Optional<KubeObject>> stored) {
    for (long collisions = before; collisions < before + MAX_COLLISIONS; collisions++) {
      Revision fresh = Revision.of(owner, hashLabel, number, collisions);
      Optional<Revision> taken = stored.apply(fresh.name()).map(Revision::new);
      if (taken.isEmpty()) {
        Action create = new Action.Create(Resources.CONTROLLER_REVISIONS, fresh.object());
        return new History(past, fresh, List.of(create), collisions);
      } else if (taken.filter(fresh::isSameAs).isPresent()) {
        return new History(past, taken.get(), List.of(), collisions);
      }
    }
    throw new IllegalStateException(
        "the names of %d revisions of %s are taken".formatted(MAX_COLLISIONS, owner.name()));
  }

  /** The stored revision of that name. */
  public Optional<Revision> named(String name) {
    return past.stream().filter(revision -> revision.name().equals(name)).findFirst();
  }

  /**
   * Deletes the oldest revisions that nobody uses, so that {@code limit} of those are left; the
   * present one always stays.
   *
   * @param isUsed whether pods, or the owner's status, need the revision
   */
  public List<Action> forget(long limit, Predicate<Revision> isUsed) {
    List<Revision> unused = new ArrayList<>(past);
    unused.removeIf(revision -> revision.name().equals(present.name()) || isUsed.test(revision));
    return unused.stream()
        .limit(limit < 0 ? 0 : Math.max(0, unused.size() - limit))
        .map(revision -> Action.delete(Resources.CONTROLLER_REVISIONS, revision.object()))
        .toList();
  }
}

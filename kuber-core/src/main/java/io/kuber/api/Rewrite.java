package io.kuber.api;

import com.google.common.collect.Sets;
import io.kuber.managed.Managing;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import io.kuber.resource.Verb;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.Stored;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts a new state in the place of the old one: what update, patch and subresources share. */
final class Rewrite {
  private static final Set<ResourceType> MAY_GROW =
      Set.of(Resources.PODS, Resources.SERVICES, Resources.PERSISTENT_VOLUME_CLAIMS);

  private final Admission admission;

  Rewrite(Admission admission) {
    this.admission = admission;
  }

  /**
   * The decision on one object: {@code change} turns what is stored into what the client wants to
   * see.
   */
  Decision decide(
      ApiRequest request,
      Lens lens,
      Image image,
      UnaryOperator<KubeObject> change,
      Owners.Rule owners) {
    Kind kind = lens.kind();
    Key key = kind.type().key(request.namespace(), request.name());
    Stored stored = image.get(key);
    if (stored == null) {
      throw Failures.notFound(lens.type(), request.name());
    }
    KubeObject old = kind.current(stored.object());
    KubeObject sent = change.apply(old);
    checkIsOfThisState(lens.type(), sent, old);
    KubeObject merged = kind.rules().defaulted(carriedOver(lens.merge(old, sent), old));
    Tree next = Managing.managed(merged.tree(), owners.after(old, sent, merged));
    Said said = new Said(request);
    KubeObject admitted =
        admission.admit(
            new Admission.Request(
                Verb.UPDATE,
                kind,
                request.subresource(),
                KubeObject.of(next),
                old,
                request.user(),
                image,
                said.context(lens)));
    Tree kept = Managing.keepingTimes(old.tree(), admitted.tree());
    KubeObject counted = counted(kind, KubeObject.of(kept), old);
    if (counted.equals(stored.object())) {
      return new Decision.Leave(stored, said.warnings());
    }
    return Deletion.isOver(kind, counted)
        ? new Decision.Remove(key, stored, counted, said.warnings())
        : new Decision.Put(
            key,
            stored,
            counted,
            said.warnings(),
            rationed(kind.type(), old, counted),
            taken(kind.rules(), old, counted));
  }

  private static Set<String> taken(KindRules rules, KubeObject before, KubeObject after) {
    return Sets.difference(rules.unique(after), rules.unique(before));
  }

  /** Changes of most kinds use nothing (upstream: the evaluators' {@code Handles}). */
  private static @Nullable ResourceType rationed(
      ResourceType type, KubeObject before, KubeObject after) {
    return MAY_GROW.contains(type) && !before.spec().equals(after.spec()) ? type : null;
  }

  /** A body that names a uid or a resourceVersion is meant for this state and for no other. */
  private static void checkIsOfThisState(ResourceType type, KubeObject sent, KubeObject old) {
    Preconditions.checkUid(type, sent.uid(), old);
    String version = sent.resourceVersion();
    if (!version.isEmpty() && !version.equals("0") && !version.equals(old.resourceVersion())) {
      throw Failures.modified(type, old.name());
    }
  }

  /** What only the system may say is taken from the old state (apiserver, rest.BeforeUpdate). */
  private static KubeObject carriedOver(KubeObject next, KubeObject old) {
    Tree metadata = next.metadata().without("managedFields").without("selfLink");
    for (String field :
        new String[] {
          "uid",
          "resourceVersion",
          "creationTimestamp",
          "generation",
          "deletionTimestamp",
          "deletionGracePeriodSeconds"
        }) {
      Object value = old.metadata().get(field);
      metadata = value == null ? metadata.without(field) : metadata.with(field, value);
    }
    return KubeObject.of(next.tree().with("metadata", metadata));
  }

  private static KubeObject counted(Kind kind, KubeObject next, KubeObject old) {
    return kind.has(Trait.GENERATION) && kind.rules().isNewGeneration(next, old)
        ? next.with(old.generation() + 1, "metadata", "generation")
        : next;
  }
}

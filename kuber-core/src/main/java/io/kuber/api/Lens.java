package io.kuber.api;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Kind;
import io.kuber.resource.Problems;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Served;
import io.kuber.schema.FieldCheck;
import io.kuber.schema.FieldCheck.Findings;
import io.kuber.schema.Schemas;
import io.kuber.schema.TypeSchema;
import io.kuber.store.Stored;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one path sees an object: which part of it, in which version. Verbs work on what is stored and
 * look at it through a lens; what clients send comes back through the same one.
 *
 * @param served the kind, in the version of the path
 * @param facet the object itself, or one of its subresources
 */
record Lens(Served served, Facet facet) implements Admission.Form {
  Kind kind() {
    return served.kind();
  }

  /** The names that the client uses, for answers and failures. */
  ResourceType type() {
    return served.type();
  }

  /** The apiVersion of what the client sees. */
  String apiVersion() {
    return facet.apiVersion(served);
  }

  /** The kind of what the client sees. */
  String kindName() {
    return facet.kind(served);
  }

  /** The fields of what the client sees, where they are known. */
  Optional<TypeSchema> schema() {
    return facet.showsWhole()
        ? served.version().schema().type()
        : Schemas.builtIn().of(apiVersion(), kindName());
  }

  /** What is unknown or of the wrong type in what a client sent. */
  Findings check(Tree sent) {
    return facet.showsWhole()
        ? served.version().schema().check().apply(sent)
        : schema()
            .map(type -> FieldCheck.check(sent, type))
            .orElseGet(() -> new Findings(sent, List.of(), Optional.empty()));
  }

  /** What the client sees of an object of the store. */
  @Override
  public KubeObject show(KubeObject whole) {
    return facet.showsWhole()
        ? served.fromStored(facet.show(whole))
        : facet.show(kind().current(whole));
  }

  /** What a client sent, with the type and the names that the path gives it. */
  KubeObject placed(ApiRequest request, KubeObject sent) {
    return facet.placed(request, served, sent);
  }

  /** The object to store once the client has changed what it sees to {@code sent}. */
  KubeObject merge(KubeObject whole, KubeObject sent) {
    return facet.merge(whole, facet.showsWhole() ? stored(sent) : sent);
  }

  /** What somebody in admission makes of what the client sees: read as what a client sends. */
  @Override
  public KubeObject rewritten(KubeObject whole, Tree wanted) {
    Findings findings = check(wanted);
    findings
        .error()
        .ifPresent(
            error -> {
              throw Failures.internal(error);
            });
    return merge(whole, KubeObject.of(findings.object()));
  }

  /** This lens for whoever reviews a write, unless they see the whole object. */
  Optional<Admission.Form> form() {
    return facet.showsWhole() ? Optional.empty() : Optional.of(this);
  }

  /** The new object to store as the client sent it; refuses what its version alone forbids. */
  KubeObject begun(KubeObject sent) {
    Problems problems = new Problems();
    served.version().conversion().checkCreate(sent, problems);
    refuse(sent, problems);
    return stored(sent);
  }

  /** The object to store as the client sent it; refuses what its version alone forbids. */
  private KubeObject stored(KubeObject sent) {
    Problems problems = new Problems();
    served.version().conversion().check(sent, problems);
    refuse(sent, problems);
    return served.isStoredVersion() ? sent : sound(served.toStored(sent));
  }

  private void refuse(KubeObject sent, Problems problems) {
    if (!problems.isEmpty()) {
      throw Failures.invalid(type(), sent.name(), problems.found());
    }
  }

  /** What old versions keep as text in annotations may become fields of the wrong type. */
  private KubeObject sound(KubeObject converted) {
    Findings findings = kind().stored().schema().check().apply(converted.tree());
    findings
        .error()
        .ifPresent(
            error -> {
              throw Failures.badRequest(
                  "cannot be converted to " + kind().type().apiVersion() + ": " + error);
            });
    return KubeObject.of(findings.object());
  }

  /** The bytes of the store where the client sees just them, else null. */
  @Nullable Stored verbatim(Stored stored) {
    return facet.showsWhole() && Canonical.isOf(type(), stored) ? stored : null;
  }
}

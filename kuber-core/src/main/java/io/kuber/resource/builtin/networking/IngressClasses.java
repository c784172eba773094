package io.kuber.resource.builtin.networking;

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
import io.kuber.resource.check.NameForm;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Texts;
import java.util.List;

/** {@code networking.k8s.io/v1 IngressClass}: who serves ingresses that name it. */
final class IngressClasses implements KindRules {
  /** Bytes of the name of a controller (pkg/apis/networking/validation). */
  private static final int MAX_CONTROLLER = 250;

  static final Kind KIND =
      Kind.of(
              Resources.INGRESS_CLASSES,
              new IngressClasses(),
              Columns.none()
                  .name()
                  .text("Controller", (entry, now) -> entry.spec().text("controller"))
                  .text("Parameters", (entry, now) -> parameters(entry.spec()))
                  .age())
          .with(Trait.GENERATION);

  private static final FieldPath CONTROLLER = FieldPath.SPEC.child("controller");
  private static final FieldPath PARAMETERS = FieldPath.SPEC.child("parameters");

  private IngressClasses() {}

  private static String parameters(Tree spec) {
    if (!spec.has("parameters")) {
      return "<none>";
    }
    Tree parameters = spec.tree("parameters");
    String group = parameters.has("apiGroup") ? "." + parameters.text("apiGroup") : "";
    return parameters.text("kind") + group + "/" + parameters.text("name");
  }

  @Override
  public KubeObject defaulted(KubeObject entry) {
    return entry.withChild(
        "spec", s -> s.withChild("parameters", p -> p.withDefault("scope", "Cluster")));
  }

  @Override
  public void check(KubeObject entry, Problems problems) {
    MetadataCheck.check(entry, Names.SUBDOMAIN, problems);
    String controller = entry.spec().text("controller");
    if (controller.isEmpty()) {
      problems.required(CONTROLLER, "");
    } else {
      if (controller.length() > MAX_CONTROLLER) {
        problems.tooLong(CONTROLLER, MAX_CONTROLLER);
      }
      Texts.checkDomainPrefixedPath(CONTROLLER, controller, problems);
    }
    if (entry.spec().has("parameters")) {
      checkParameters(entry.spec().tree("parameters"), problems);
    }
  }

  private static void checkParameters(Tree parameters, Problems problems) {
    Texts.checkFormIfPresent(PARAMETERS, parameters, "apiGroup", Names.SUBDOMAIN, problems);
    Texts.checkSet(PARAMETERS, parameters, "kind", NameForm.PATH_SEGMENT, problems);
    Texts.checkSet(PARAMETERS, parameters, "name", NameForm.PATH_SEGMENT, problems);
    FieldPath namespace = PARAMETERS.child("namespace");
    switch (parameters.text("scope")) {
      case "Namespace" -> {
        if (parameters.has("namespace")) {
          Names.LABEL.check(namespace, parameters.text("namespace"), problems);
        } else {
          problems.required(namespace, "`parameters.scope` is set to 'Namespace'");
        }
      }
      case "Cluster" -> {
        if (parameters.has("namespace")) {
          problems.forbidden(namespace, "`parameters.scope` is set to 'Cluster'");
        }
      }
      default ->
          problems.notSupported(
              PARAMETERS.child("scope"), parameters.text("scope"), List.of("Cluster", "Namespace"));
    }
  }

  /** What may not change is told first. */
  @Override
  public void checkReplacement(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    MetadataCheck.checkImmutable(
        CONTROLLER, updated.spec().text("controller"), old.spec().text("controller"), problems);
    check(updated, problems);
  }
}

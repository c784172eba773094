package io.kuber.testkit.manifest;

import io.kuber.object.KubeObject;
import io.kuber.resource.Catalogue;
import io.kuber.resource.Problem;
import io.kuber.resource.Problems;
import io.kuber.resource.Served;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds objects against what their kinds allow, and gathers what is wrong. For one thread. */
final class Checks {
  private final Catalogue catalogue;
  private final List<String> mistakes = new ArrayList<>();

  Checks(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** The kind that a manifest names; refuses it where there is none, or no name. */
  Optional<Served> kind(Manifest manifest) {
    KubeObject object = manifest.object();
    Optional<Served> served = catalogue.findKind(object.apiVersion(), object.kind());
    if (served.isEmpty()) {
      mistakes.add(
          manifest.mistake(
              "kind",
              object.kind().isEmpty()
                  ? "is missing"
                  : "no kind %s of %s is served; load its CustomResourceDefinition with it"
                      .formatted(object.kind(), object.apiVersion())));
    }
    return served;
  }

  /** The object with known fields only; unknown ones, and values of wrong types, are refused. */
  KubeObject fields(Manifest manifest, Served served) {
    var findings = served.version().schema().check().apply(manifest.object().tree());
    findings.error().ifPresent(error -> mistakes.add(manifest.mistake("", error)));
    findings.unknown().forEach(field -> mistakes.add(manifest.mistake(field, "unknown field")));
    return KubeObject.of(findings.object());
  }

  /** Refuses values that the kind does not allow. */
  void values(Manifest manifest, Served served, KubeObject stored) {
    Problems problems = new Problems();
    served.kind().rules().check(stored, problems);
    for (Problem problem : problems.found()) {
      mistakes.add(manifest.mistake(problem.field(), problem.message()));
    }
  }

  void refuse(String mistake) {
    mistakes.add(mistake);
  }

  /** Throws {@link BadManifestException} when something was refused. */
  void end() {
    if (!mistakes.isEmpty()) {
      throw new BadManifestException(mistakes);
    }
  }
}

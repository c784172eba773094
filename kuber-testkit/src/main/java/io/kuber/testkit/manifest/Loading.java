package io.kuber.testkit.manifest;

import io.kuber.api.ApiException;
import io.kuber.boot.Kuber;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Served;
import io.kuber.store.TreeImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;

/** Brings manifests into an embedded cluster in memory: all of them, or none. For one thread. */
public final class Loading {
  /**
   * Kinds that others need, in the order in which they are created; those that are not listed come
   * behind them, in the order of the files.
   */
  private static final List<String> FIRST =
      List.of(
          "Namespace",
          "PriorityClass",
          "StorageClass",
          "RuntimeClass",
          "ServiceAccount",
          "ClusterRole",
          "Role",
          "ClusterRoleBinding",
          "RoleBinding",
          "LimitRange",
          "ResourceQuota",
          "ConfigMap",
          "Secret",
          "PersistentVolume",
          "PersistentVolumeClaim",
          "Service");

  private static final String DEFINITION = "CustomResourceDefinition";

  private final Kuber kuber;
  private final Pace pace;
  private final List<String> notes = new ArrayList<>();

  /** Loads into that cluster, waiting as the pace says. */
  public Loading(Kuber kuber, Pace pace) {
    this.kuber = kuber;
    this.pace = pace;
  }

  /**
   * Loads them; returns once the cluster has them and its nodes are at work.
   *
   * @throws BadManifestException when something is refused; then the cluster has what it had before
   */
  public Loaded load(List<Manifest> manifests) throws Exception {
    TreeImage before = kuber.image();
    try {
      Predicate<Manifest> isBasis = manifest -> isBasis(manifest.object().kind());
      stage(manifests.stream().filter(isBasis).toList());
      pace.untilIdle();
      stage(manifests.stream().filter(isBasis.negate()).toList());
    } catch (Exception e) {
      kuber.goOn(before);
      throw e;
    }
    int kept = (int) manifests.stream().filter(Manifest::isFromCluster).count();
    return new Loaded(manifests.size() - kept, kept, notes);
  }

  /** What has to be there, and be seen by the controllers, before anything else can be. */
  private static boolean isBasis(String kind) {
    return kind.equals("Namespace") || kind.equals(DEFINITION);
  }

  private void stage(List<Manifest> manifests) throws Exception {
    List<Manifest> kept = manifests.stream().filter(Manifest::isFromCluster).toList();
    if (!kept.isEmpty()) {
      Transplant transplant = new Transplant(kuber.catalogue());
      TreeImage image = transplant.into(kuber.image(), kept);
      kuber.goOn(image);
      notes.addAll(transplant.notes());
    }
    create(
        manifests.stream()
            .filter(manifest -> !manifest.isFromCluster())
            .sorted(Comparator.comparingInt(Loading::rank))
            .toList());
  }

  private static int rank(Manifest manifest) {
    int rank = FIRST.indexOf(manifest.object().kind());
    return rank < 0 ? FIRST.size() : rank;
  }

  private void create(List<Manifest> manifests) {
    Checks checks = new Checks(kuber.catalogue());
    List<Runnable> creations = new ArrayList<>();
    for (Manifest manifest : manifests) {
      checks
          .kind(manifest)
          .ifPresent(
              served -> {
                checks.fields(manifest, served);
                creations.add(() -> create(manifest, served, checks));
              });
    }
    checks.end();
    creations.forEach(Runnable::run);
    checks.end();
  }

  private void create(Manifest manifest, Served served, Checks checks) {
    ResourceType type = served.type();
    KubeObject object = manifest.object();
    boolean isPlaced = !type.namespaced() || !object.namespace().isEmpty();
    try {
      pace.done(
          kuber
              .client()
              .create(type, isPlaced ? object : object.with("default", "metadata", "namespace")));
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof ApiException refused)) {
        throw e;
      }
      if (refused.details().causes().isEmpty()) {
        checks.refuse(manifest.mistake("", String.valueOf(refused.getMessage())));
      }
      refused
          .details()
          .causes()
          .forEach(cause -> checks.refuse(manifest.mistake(cause.field(), cause.message())));
    }
  }
}

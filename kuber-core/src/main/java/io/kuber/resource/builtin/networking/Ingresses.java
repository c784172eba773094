package io.kuber.resource.builtin.networking;

import io.kuber.object.KubeObject;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import io.kuber.resource.check.Addresses;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import java.util.List;

/** {@code networking.k8s.io/v1 Ingress} (pkg/registry/networking/ingress). */
final class Ingresses implements KindRules {
  static final Kind KIND =
      Kind.of(Resources.INGRESSES, new Ingresses(), IngressColumns.COLUMNS)
          .with(Trait.STATUS, Trait.GENERATION);

  private static final String CLASS_ANNOTATION = "kubernetes.io/ingress.class";

  private Ingresses() {}

  /** Nothing serves a new one yet, which Kubernetes says in this way. */
  @Override
  public KubeObject prepared(KubeObject created) {
    return created.with(Tree.of("loadBalancer", Tree.EMPTY), "status");
  }

  @Override
  public void check(KubeObject ingress, Problems problems) {
    MetadataCheck.check(ingress, Names.SUBDOMAIN, problems);
    Tree spec = ingress.spec();
    if (spec.items("rules").isEmpty() && !spec.has("defaultBackend")) {
      problems.invalid(
          FieldPath.SPEC,
          spec.has("rules") ? spec.items("rules") : Nil.NIL,
          "either `defaultBackend` or `rules` must be specified");
    }
    IngressCheck.check(FieldPath.SPEC, spec, problems);
  }

  /** The annotation came before the field: clients may send both, if they say the same. */
  @Override
  public void checkCreate(KubeObject ingress, Problems problems) {
    String named = ingress.spec().text("ingressClassName");
    String annotated = ingress.annotations().getOrDefault(CLASS_ANNOTATION, named);
    if (ingress.spec().has("ingressClassName") && !annotated.equals(named)) {
      problems.invalid(
          FieldPath.ROOT.child("annotations", CLASS_ANNOTATION),
          annotated,
          "must match `ingressClassName` when both are specified");
    }
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
  }

  @Override
  public void checkStatus(KubeObject updated, KubeObject old, Problems problems) {
    FieldPath list = FieldPath.ROOT.child("status", "loadBalancer", "ingress");
    List<Tree> points = updated.status().items("loadBalancer", "ingress").trees();
    for (int i = 0; i < points.size(); i++) {
      String ip = points.get(i).text("ip");
      if (!ip.isEmpty()) {
        Addresses.check(list.index(i).child("ip"), ip, problems);
      }
      String host = points.get(i).text("hostname");
      if (!host.isEmpty()) {
        Names.SUBDOMAIN.check(list.index(i).child("hostname"), host, problems);
        IngressCheck.checkIsNoAddress(list.index(i).child("hostname"), host, problems);
      }
    }
  }
}

package io.kuber.resource.builtin.networking;

import io.kuber.object.KubeObject;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.check.Addresses;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.NameForm;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Texts;
import java.util.Locale;

/** {@code networking.k8s.io/v1 IPAddress}: an address that is taken; its name is the address. */
final class IpAddresses implements KindRules {
  static final Kind KIND =
      Kind.of(
          Resources.IP_ADDRESSES,
          new IpAddresses(),
          Columns.none().name().text("ParentRef", (address, now) -> parent(address.spec())));

  private static final FieldPath PARENT = FieldPath.SPEC.child("parentRef");

  private IpAddresses() {}

  private static String parent(Tree spec) {
    if (!spec.has("parentRef")) {
      return "<none>";
    }
    Tree parent = spec.tree("parentRef");
    String group = parent.text("group").isEmpty() ? "" : "." + parent.text("group");
    String namespace = parent.text("namespace").isEmpty() ? "" : "/" + parent.text("namespace");
    return (parent.text("resource") + group).toLowerCase(Locale.ROOT)
        + namespace
        + "/"
        + parent.text("name");
  }

  @Override
  public void check(KubeObject address, Problems problems) {
    MetadataCheck.check(address, Addresses.NAME, problems);
    if (!address.spec().has("parentRef")) {
      problems.required(PARENT, "");
      return;
    }
    Tree parent = address.spec().tree("parentRef");
    Texts.checkForm(PARENT, parent, "group", Names.SUBDOMAIN, problems);
    Texts.checkSet(PARENT, parent, "resource", NameForm.PATH_SEGMENT, problems);
    Texts.checkSet(PARENT, parent, "name", NameForm.PATH_SEGMENT, problems);
    Texts.checkForm(PARENT, parent, "namespace", NameForm.PATH_SEGMENT, problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    MetadataCheck.checkImmutable(PARENT, shown(updated.spec()), shown(old.spec()), problems);
  }

  /** Kubernetes shows all fields of the parent here, by the names that they have inside it. */
  private static Object shown(Tree spec) {
    Tree parent = spec.tree("parentRef");
    return spec.has("parentRef")
        ? Tree.of(
            "Group",
            parent.text("group"),
            "Resource",
            parent.text("resource"),
            "Namespace",
            parent.text("namespace"),
            "Name",
            parent.text("name"))
        : Nil.NIL;
  }
}

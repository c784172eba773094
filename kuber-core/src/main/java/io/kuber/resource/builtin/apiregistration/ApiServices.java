package io.kuber.resource.builtin.apiregistration;

import io.kuber.object.Items;
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
import io.kuber.resource.check.Numbers;
import io.kuber.resource.check.Texts;
import java.util.Base64;
import java.util.List;

/** {@code apiregistration.k8s.io/v1 APIService}: one group version, and who serves it. */
final class ApiServices implements KindRules {
  private static final int MAX_GROUP_PRIORITY = 20_000;
  private static final int MAX_VERSION_PRIORITY = 1_000;

  static final Kind KIND =
      Kind.of(
              Resources.API_SERVICES,
              new ApiServices(),
              Columns.none()
                  .name()
                  .text("Service", (api, now) -> service(api.spec()))
                  .text("Available", (api, now) -> available(api.status()))
                  .age())
          .with(Trait.STATUS);

  private static final FieldPath SERVICE = FieldPath.SPEC.child("service");

  private ApiServices() {}

  private static String service(Tree spec) {
    return spec.has("service")
        ? spec.text("service", "namespace") + "/" + spec.text("service", "name")
        : "Local";
  }

  private static String available(Tree status) {
    for (Tree condition : status.items("conditions").trees()) {
      if (condition.text("type").equals("Available")) {
        return condition.text("status").equals("True")
            ? "True"
            : condition.text("status") + " (" + condition.text("reason") + ")";
      }
    }
    return "Unknown";
  }

  @Override
  public KubeObject defaulted(KubeObject api) {
    return api.withChild(
        "spec", s -> s.withChild("service", service -> service.withDefault("port", 443L)));
  }

  /** What this server answers itself is there from the start. */
  @Override
  public KubeObject prepared(KubeObject created) {
    if (created.spec().has("service")) {
      return created.with(Tree.EMPTY, "status");
    }
    Tree available =
        Tree.of(
            "type",
            "Available",
            "status",
            "True",
            "lastTransitionTime",
            created.metadata().text("creationTimestamp"),
            "reason",
            "Local",
            "message",
            "Local APIServices are always available");
    return created.with(Tree.of("conditions", Items.of(available)), "status");
  }

  @Override
  public void check(KubeObject api, Problems problems) {
    Tree spec = api.spec();
    String group = spec.text("group");
    String version = spec.text("version");
    MetadataCheck.check(
        api, (field, name, into) -> checkName(field, name, version + "." + group, into), problems);
    if (group.isEmpty() && !version.equals("v1")) {
      problems.required(
          FieldPath.SPEC.child("group"),
          "only v1 may have an empty group and it better be legacy kube");
    }
    Texts.checkForm(FieldPath.SPEC, spec, "group", Names.SUBDOMAIN, problems);
    Names.LABEL_1035.check(FieldPath.SPEC.child("version"), version, problems);
    checkPriority(spec, "groupPriorityMinimum", MAX_GROUP_PRIORITY, problems);
    checkPriority(spec, "versionPriority", MAX_VERSION_PRIORITY, problems);
    if (spec.has("service")) {
      checkRemote(spec, problems);
    } else {
      checkLocal(spec, problems);
    }
  }

  private static void checkName(FieldPath field, String name, String expected, Problems problems) {
    Problems form = new Problems();
    NameForm.PATH_SEGMENT.check(field, name, form);
    if (!form.isEmpty()) {
      NameForm.PATH_SEGMENT.check(field, name, problems);
    } else if (!name.equals(expected)) {
      problems.invalid(
          field, name, "must be `spec.version+\".\"+spec.group`: \"" + expected + "\"");
    }
  }

  private static void checkPriority(Tree spec, String name, int most, Problems problems) {
    long priority = spec.number(0, name);
    if (priority <= 0 || priority > most) {
      problems.invalid(
          FieldPath.SPEC.child(name), priority, "must be positive and less than " + most);
    }
  }

  private static void checkLocal(Tree spec, Problems problems) {
    String bundle = spec.text("caBundle");
    if (!bundle.isEmpty()) {
      int bytes = Base64.getDecoder().decode(bundle).length;
      problems.invalid(
          FieldPath.SPEC.child("caBundle"),
          bytes + " bytes",
          "local APIServices may not have a caBundle");
    }
    if (spec.isTrue("insecureSkipTLSVerify")) {
      problems.invalid(
          FieldPath.SPEC.child("insecureSkipTLSVerify"),
          true,
          "local APIServices may not have insecureSkipTLSVerify");
    }
  }

  private static void checkRemote(Tree spec, Problems problems) {
    Tree service = spec.tree("service");
    Texts.checkSet(SERVICE, service, "namespace", problems);
    Texts.checkSet(SERVICE, service, "name", problems);
    Problems port = new Problems();
    Numbers.checkPort(SERVICE.child("port"), service.number(0, "port"), port);
    if (!port.isEmpty()) {
      problems.invalid(
          SERVICE.child("port"),
          service.number(0, "port"),
          "port is not valid: must be between 1 and 65535, inclusive");
    }
    if (spec.isTrue("insecureSkipTLSVerify") && !spec.text("caBundle").isEmpty()) {
      problems.invalid(
          FieldPath.SPEC.child("insecureSkipTLSVerify"),
          true,
          "may not be true if caBundle is present");
    }
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
  }

  @Override
  public void checkStatus(KubeObject updated, KubeObject old, Problems problems) {
    List<Tree> conditions = updated.status().items("conditions").trees();
    for (int i = 0; i < conditions.size(); i++) {
      Texts.checkOneOf(
          FieldPath.ROOT.child("status", "conditions").index(i),
          conditions.get(i),
          "status",
          List.of("True", "False", "Unknown"),
          problems);
    }
  }
}

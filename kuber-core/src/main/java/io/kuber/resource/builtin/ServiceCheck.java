package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Addresses;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Texts;
import java.util.List;

/** What is wrong with a service (pkg/apis/core/validation, ValidateService). */
final class ServiceCheck {
  private static final List<String> TYPES =
      List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
  private static final String HINTS = "service.kubernetes.io/topology-aware-hints";
  private static final String MODE = "service.kubernetes.io/topology-mode";

  private ServiceCheck() {}

  static void check(KubeObject service, Problems problems) {
    Tree spec = service.spec();
    if (ServiceChange.needsAddress(spec)) {
      ServiceAddressCheck.checkConfigured(spec, problems);
      if (!problems.isEmpty()) {
        return;
      }
    }
    MetadataCheck.check(service, Names.LABEL_1035, problems);
    checkTopology(service, problems);
    boolean needsPorts = ServiceChange.needsAddress(spec) && !ServiceFamilies.isHeadless(spec);
    if (needsPorts && spec.items("ports").isEmpty()) {
      problems.required(FieldPath.SPEC.child("ports"), "");
    }
    checkType(spec, problems);
    ServicePortCheck.check(spec, problems);
    MetadataCheck.checkLabels(
        FieldPath.SPEC.child("selector"), spec.tree("selector").texts(), problems);
    ServiceTrafficCheck.checkAffinity(spec, problems);
    if (ServiceChange.needsAddress(spec)) {
      ServiceAddressCheck.check(spec, problems);
    }
    checkExternalAddresses(spec.items("externalIPs").texts(), problems);
    Texts.checkOneOf(FieldPath.SPEC, spec, "type", TYPES, problems);
    ServicePortCheck.checkNumbers(spec, problems);
    ServiceTrafficCheck.check(service, problems);
  }

  private static void checkTopology(KubeObject service, Problems problems) {
    String mode = service.annotations().get(MODE);
    String hints = service.annotations().get(HINTS);
    if (mode != null && hints != null && !mode.equals(hints)) {
      problems.invalid(
          FieldPath.METADATA.child("annotations").key(MODE),
          mode,
          "must match annotations[" + HINTS + "] when both are specified");
    }
  }

  private static void checkType(Tree spec, Problems problems) {
    String type = spec.text("type");
    if (ServiceChange.needsNodePorts(spec) && ServiceFamilies.isHeadless(spec)) {
      problems.invalid(
          FieldPath.SPEC.child("clusterIPs").index(0),
          ServiceFamilies.NONE,
          "may not be set to 'None' for " + type + " services");
    }
    if (type.equals("ExternalName")) {
      checkExternalName(spec, problems);
    }
  }

  private static void checkExternalName(Tree spec, Problems problems) {
    for (String field : new String[] {"clusterIPs", "ipFamilies", "ipFamilyPolicy"}) {
      if (!spec.text(field).isEmpty() || !spec.items(field).isEmpty()) {
        problems.forbidden(FieldPath.SPEC.child(field), "may not be set for ExternalName services");
      }
    }
    String name = spec.text("externalName");
    String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    FieldPath field = FieldPath.SPEC.child("externalName");
    if (bare.isEmpty()) {
      problems.required(field, "");
    } else {
      Names.SUBDOMAIN.check(field, bare, problems);
    }
  }

  private static void checkExternalAddresses(List<String> addresses, Problems problems) {
    for (int i = 0; i < addresses.size(); i++) {
      FieldPath field = FieldPath.SPEC.child("externalIPs").index(i);
      if (Addresses.is(addresses.get(i))) {
        Addresses.checkOrdinary(field, addresses.get(i), problems);
      } else {
        Addresses.check(field, addresses.get(i), problems);
      }
    }
  }

  static void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    ServiceAddressCheck.checkUpdate(updated.spec(), old.spec(), problems);
    ServiceTrafficCheck.checkUpdate(updated.spec(), old.spec(), problems);
  }
}

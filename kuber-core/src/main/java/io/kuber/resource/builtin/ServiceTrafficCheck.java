package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Addresses;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import io.kuber.resource.check.Texts;
import java.util.List;
import java.util.Objects;

/** What is wrong with how traffic finds its way to a service, from inside and from outside. */
final class ServiceTrafficCheck {
  private static final String BALANCER = "LoadBalancer";
  private static final String ONLY_BALANCER = "may only be used when `type` is 'LoadBalancer'";
  private static final String RANGES_ANNOTATION =
      "service.beta.kubernetes.io/load-balancer-source-ranges";
  private static final FieldPath CLASS = FieldPath.SPEC.child("loadBalancerClass");
  private static final FieldPath HEALTH = FieldPath.SPEC.child("healthCheckNodePort");
  private static final FieldPath AFFINITY = FieldPath.SPEC.child("sessionAffinityConfig");
  private static final List<String> POLICIES = List.of("Cluster", "Local");
  private static final List<String> DISTRIBUTIONS =
      List.of("PreferClose", "PreferSameNode", "PreferSameZone");

  /** A day. */
  private static final long MAX_AFFINITY_SECONDS = 86_400;

  private ServiceTrafficCheck() {}

  static void checkAffinity(Tree spec, Problems problems) {
    Texts.checkOneOf(
        FieldPath.SPEC, spec, "sessionAffinity", List.of("ClientIP", "None"), problems);
    long seconds = spec.number(1, "sessionAffinityConfig", "clientIP", "timeoutSeconds");
    boolean isSticky = spec.text("sessionAffinity").equals("ClientIP");
    if (isSticky && (seconds <= 0 || seconds > MAX_AFFINITY_SECONDS)) {
      problems.invalid(
          AFFINITY.child("clientIP", "timeoutSeconds"),
          seconds,
          "must be greater than 0 and less than or equal to " + MAX_AFFINITY_SECONDS);
    }
  }

  static void check(KubeObject service, Problems problems) {
    Tree spec = service.spec();
    checkRanges(service, spec, problems);
    boolean balanced = spec.text("type").equals(BALANCER);
    if (!balanced && spec.has("allocateLoadBalancerNodePorts")) {
      problems.forbidden(FieldPath.SPEC.child("allocateLoadBalancerNodePorts"), ONLY_BALANCER);
    }
    checkClass(spec, problems);
    checkExternal(spec, problems);
    checkHealth(spec, problems);
    Numbers.checkOneOf(FieldPath.SPEC, spec, "internalTrafficPolicy", POLICIES, problems);
    if (spec.has("trafficDistribution")) {
      Texts.checkOneOf(FieldPath.SPEC, spec, "trafficDistribution", DISTRIBUTIONS, problems);
    }
  }

  /** Clients of a balancer, by the field or by the annotation that came before it. */
  private static void checkRanges(KubeObject service, Tree spec, Problems problems) {
    List<String> ranges = spec.items("loadBalancerSourceRanges").texts();
    FieldPath annotation = FieldPath.METADATA.child("annotations").key(RANGES_ANNOTATION);
    String annotated = service.annotations().get(RANGES_ANNOTATION);
    FieldPath field = FieldPath.SPEC.child("LoadBalancerSourceRanges");
    boolean balanced = spec.text("type").equals(BALANCER);
    if (!balanced && (!ranges.isEmpty() || annotated != null)) {
      problems.forbidden(ranges.isEmpty() ? annotation : field, ONLY_BALANCER);
    }
    for (int i = 0; i < ranges.size(); i++) {
      Addresses.checkBlock(field.index(i), ranges.get(i).strip(), problems);
    }
    if (ranges.isEmpty() && annotated != null && !annotated.isBlank()) {
      for (String range : annotated.split(",", -1)) {
        Addresses.checkBlock(annotation, range.strip(), problems);
      }
    }
  }

  private static void checkClass(Tree spec, Problems problems) {
    if (!spec.has("loadBalancerClass")) {
      return;
    }
    if (spec.text("type").equals(BALANCER)) {
      Names.checkKey(CLASS, spec.text("loadBalancerClass"), problems);
    } else {
      problems.forbidden(CLASS, ONLY_BALANCER);
    }
  }

  /** Whether traffic from outside the cluster can reach the service. */
  static boolean isReachable(Tree spec) {
    return ServiceChange.needsNodePorts(spec)
        || spec.text("type").equals("ClusterIP") && !spec.items("externalIPs").isEmpty();
  }

  private static void checkExternal(Tree spec, Problems problems) {
    String policy = spec.text("externalTrafficPolicy");
    FieldPath field = FieldPath.SPEC.child("externalTrafficPolicy");
    if (isReachable(spec)) {
      Texts.checkOneOf(FieldPath.SPEC, spec, "externalTrafficPolicy", POLICIES, problems);
    } else if (!policy.isEmpty()) {
      problems.invalid(field, policy, "may only be set for externally-accessible services");
    }
  }

  private static void checkHealth(Tree spec, Problems problems) {
    long port = spec.number(0, "healthCheckNodePort");
    if (ServiceChange.needsHealthCheck(spec)) {
      if (port == 0) {
        problems.required(HEALTH, "");
      } else {
        Numbers.checkPort(HEALTH, port, problems);
      }
    } else if (port != 0) {
      problems.invalid(
          HEALTH,
          port,
          "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
    }
  }

  /** Reports what others were told of the service and rely on. */
  static void checkUpdate(Tree updated, Tree old, Problems problems) {
    boolean balanced = updated.text("type").equals(BALANCER) && old.text("type").equals(BALANCER);
    Object named = updated.get("loadBalancerClass");
    if (balanced && !Objects.equals(named, old.get("loadBalancerClass"))) {
      problems.invalid(CLASS, named == null ? Nil.NIL : named, "may not change once set");
    }
    boolean asked = ServiceChange.needsHealthCheck(updated) && ServiceChange.needsHealthCheck(old);
    if (asked && updated.number(0, "healthCheckNodePort") != old.number(0, "healthCheckNodePort")) {
      problems.forbidden(HEALTH, "field is immutable");
    }
  }

  /** Reports what is wrong with what a balancer says about itself. */
  static void checkStatus(KubeObject service, Problems problems) {
    FieldPath list = FieldPath.ROOT.child("status", "loadBalancer", "ingress");
    List<Tree> points = service.status().items("loadBalancer", "ingress").trees();
    if (!points.isEmpty() && !service.spec().text("type").equals(BALANCER)) {
      problems.forbidden(list, "may only be used when `spec.type` is 'LoadBalancer'");
      return;
    }
    for (int i = 0; i < points.size(); i++) {
      checkPoint(list.index(i), points.get(i), problems);
    }
  }

  private static void checkPoint(FieldPath field, Tree point, Problems problems) {
    String address = point.text("ip");
    if (!address.isEmpty()) {
      Addresses.check(field.child("ip"), address, problems);
    }
    if (point.has("ipMode") && address.isEmpty()) {
      problems.forbidden(field.child("ipMode"), "may not be specified when `ip` is not set");
    } else if (point.has("ipMode")) {
      Texts.checkOneOf(field, point, "ipMode", List.of("Proxy", "VIP"), problems);
    }
    String host = point.text("hostname");
    if (!host.isEmpty()) {
      Names.SUBDOMAIN.check(field.child("hostname"), host, problems);
      if (Addresses.is(host)) {
        problems.invalid(field.child("hostname"), host, "must be a DNS name, not an IP address");
      }
    }
  }
}

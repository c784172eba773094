package io.kuber.testkit.assertj;

import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.testkit.history.ObservedCluster;
import io.kuber.testkit.history.Request;
import io.kuber.testkit.history.Timeline;
import java.util.List;

/** Assertions on a cluster, and the way to those on its objects. */
public final class ClusterAssert extends PatientAssert<ClusterAssert, ObservedCluster> {
  private final String namespace;

  ClusterAssert(ObservedCluster cluster) {
    this(cluster, "default");
  }

  private ClusterAssert(ObservedCluster cluster, String namespace) {
    super(cluster, cluster, ClusterAssert.class);
    this.namespace = namespace;
  }

  /** The same for objects of that namespace; without it, for those of {@code default}. */
  public ClusterAssert in(String other) {
    return likewise(new ClusterAssert(cluster(), other));
  }

  private Subject subject(ResourceType type, String name) {
    return new Subject(cluster(), type.apiVersion(), type.kind(), namespace, name);
  }

  /** A pod. */
  public PodAssert pod(String name) {
    return likewise(new PodAssert(subject(Resources.PODS, name)));
  }

  /**
   * All pods that a selector means.
   *
   * @param labels as for {@code kubectl -l}, such as {@code app=web}; empty for all
   */
  public PodsAssert pods(String labels) {
    return likewise(new PodsAssert(cluster(), namespace, labels));
  }

  /** A Deployment. */
  public WorkloadAssert deployment(String name) {
    return workload(Resources.DEPLOYMENTS, name);
  }

  /** A ReplicaSet. */
  public WorkloadAssert replicaSet(String name) {
    return workload(Resources.REPLICA_SETS, name);
  }

  /** A StatefulSet. */
  public WorkloadAssert statefulSet(String name) {
    return workload(Resources.STATEFUL_SETS, name);
  }

  /** A DaemonSet. */
  public WorkloadAssert daemonSet(String name) {
    return workload(Resources.DAEMON_SETS, name);
  }

  private WorkloadAssert workload(ResourceType type, String name) {
    return likewise(new WorkloadAssert(subject(type, name)));
  }

  /** A Job. */
  public JobAssert job(String name) {
    return likewise(new JobAssert(subject(Resources.JOBS, name)));
  }

  /** A node. */
  public NodeAssert node(String name) {
    return likewise(new NodeAssert(subject(Resources.NODES, name)));
  }

  /** A Service. */
  public ObjectAssert service(String name) {
    return of(Resources.SERVICES, name);
  }

  /** A ConfigMap. */
  public ObjectAssert configMap(String name) {
    return of(Resources.CONFIG_MAPS, name);
  }

  /** A Secret. */
  public ObjectAssert secret(String name) {
    return of(Resources.SECRETS, name);
  }

  /** A Namespace, as an object; {@link #in} leads to what is in it. */
  public ObjectAssert namespace(String name) {
    return of(Resources.NAMESPACES, name);
  }

  private ObjectAssert of(ResourceType type, String name) {
    return likewise(new ObjectAssert(subject(type, name)));
  }

  /** An object of any kind, a custom one too, such as {@code apps/v1}, {@code Deployment}. */
  public ObjectAssert object(String apiVersion, String kind, String name) {
    return likewise(new ObjectAssert(new Subject(cluster(), apiVersion, kind, namespace, name)));
  }

  /**
   * Somebody has asked for that in this namespace, or where there is none, and was given it.
   *
   * @param verb such as {@code create} or {@code patch}
   * @param resource the plural with its group, such as {@code pods} or {@code deployments.apps}
   */
  public ClusterAssert received(String verb, String resource) {
    return expect(
        "to have received " + verb + " " + resource,
        () -> ResourceAssert.unless(!received(verb, resource, false).isEmpty(), "it has not"));
  }

  /** Nobody has asked for that, in vain or not; see {@link #received}. */
  public ClusterAssert neverReceived(String verb, String resource) {
    return expect(
        "never to have received " + verb + " " + resource,
        () -> {
          List<Request> requests = received(verb, resource, true);
          return ResourceAssert.unless(requests.isEmpty(), "it has received " + requests);
        });
  }

  private List<Request> received(String verb, String resource, boolean alsoRefused) {
    return cluster().history().requests().stream()
        .filter(request -> request.verb().equals(verb) && request.resource().equals(resource))
        .filter(request -> request.namespace().isEmpty() || request.namespace().equals(namespace))
        .filter(request -> alsoRefused || !request.isRefused())
        .toList();
  }

  @Override
  String subject() {
    return "the cluster";
  }

  @Override
  String report() {
    return "lately:\n" + Timeline.of(cluster().history().entries()).ofTest();
  }
}

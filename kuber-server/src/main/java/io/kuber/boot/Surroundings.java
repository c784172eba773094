package io.kuber.boot;

import io.kuber.access.Access;
import io.kuber.access.Authorizer;
import io.kuber.access.Authorizers;
import io.kuber.access.CertificateIssuer;
import io.kuber.access.Superusers;
import io.kuber.access.node.NodeAuthorizer;
import io.kuber.access.rbac.RbacAuthorizer;
import io.kuber.admission.podsecurity.Settings;
import io.kuber.api.NodeReading;
import io.kuber.api.Witness;
import io.kuber.controller.servicelb.BalancerPool;
import io.kuber.loop.Loops;
import io.kuber.server.audit.Audit;
import io.kuber.server.join.OpenDoor;
import io.kuber.server.trust.FrontProxy;
import io.kuber.server.trust.ServiceAccountTokens;
import io.kuber.server.trust.SigningKey;
import io.kuber.store.Store;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a {@link ControlPlane} gets besides its store, and what differs from one to another.
 *
 * @param tokenKey signs the tokens of service accounts; asked once there is one to sign
 * @param certificates signs what nodes and people want to have certified
 * @param readings what nodes measured last
 * @param logins who may come in
 * @param balancers the addresses for services of type LoadBalancer
 * @param podSecurity holds in namespaces that do not say which pods they take
 * @param crowd how many requests there may be at the same time
 * @param wire may disturb what clients within the process ask
 * @param witness is told of every request
 * @param frontProxy what this server proves itself with to other servers of the API
 * @param audit is told of those from the network, as far as its policy says
 * @param network the addresses that it gives
 */
record Surroundings(
    Supplier<SigningKey> tokenKey,
    CertificateIssuer certificates,
    Supplier<List<NodeReading>> readings,
    Logins logins,
    BalancerPool balancers,
    Settings podSecurity,
    CrowdOptions crowd,
    Wire wire,
    Witness witness,
    FrontProxy frontProxy,
    Audit audit,
    ClusterNetwork network) {

  /** Those of a cluster whose owner has asked for nothing in particular. */
  static Surroundings of(
      Supplier<SigningKey> tokenKey,
      CertificateIssuer certificates,
      Supplier<List<NodeReading>> readings,
      FrontProxy frontProxy) {
    return new Surroundings(
        tokenKey,
        certificates,
        readings,
        Logins.STANDARD,
        BalancerPool.NONE,
        Settings.STANDARD,
        CrowdOptions.STANDARD,
        Wire.DIRECT,
        Witness.NOBODY,
        frontProxy,
        Audit.NONE,
        ClusterNetwork.STANDARD);
  }

  /** The same with what the owner has asked for. */
  Surroundings with(Logins other, BalancerPool pool, Settings standards) {
    return new Surroundings(
        tokenKey,
        certificates,
        readings,
        other,
        pool,
        standards,
        crowd,
        wire,
        witness,
        frontProxy,
        audit,
        network);
  }

  /** The same for another number of requests at the same time. */
  Surroundings with(CrowdOptions other) {
    return with(other, wire, witness, audit);
  }

  /** The same, disturbed and watched. */
  Surroundings behind(Wire other, Witness watching) {
    return with(crowd, other, watching, audit);
  }

  /** The same, audited. */
  Surroundings audited(Audit other) {
    return with(crowd, wire, witness, other);
  }

  private Surroundings with(CrowdOptions crowds, Wire between, Witness watching, Audit told) {
    return new Surroundings(
        tokenKey,
        certificates,
        readings,
        logins,
        balancers,
        podSecurity,
        crowds,
        between,
        watching,
        frontProxy,
        told,
        network);
  }

  /** The same with other addresses. */
  Surroundings giving(ClusterNetwork other) {
    return new Surroundings(
        tokenKey,
        certificates,
        readings,
        logins,
        balancers,
        podSecurity,
        crowd,
        wire,
        witness,
        frontProxy,
        audit,
        other);
  }

  /** Who is who, and who may do what. */
  Access access(Store store, Loops loops) {
    ServiceAccountTokens tokens =
        new ServiceAccountTokens(tokenKey, store::image, loops.clock(), network.issuer());
    return new Access(
        logins.tokens(tokens, store, loops.clock(), tokens.audiences()),
        logins::strangers,
        tokens,
        certificates,
        authorizer(store, loops));
  }

  /** Who may do what; the first that allows it decides. */
  private static Authorizer authorizer(Store store, Loops loops) {
    return new Authorizers(
        List.of(
            new Superusers(),
            new OpenDoor(),
            NodeAuthorizer.of(store, loops.loop("node-rights")),
            RbacAuthorizer.of(store)));
  }
}

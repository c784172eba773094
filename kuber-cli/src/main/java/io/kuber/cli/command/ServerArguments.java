package io.kuber.cli.command;

import io.kuber.boot.ClusterOptions;
import io.kuber.boot.HostAddress;
import io.kuber.boot.ServerPlace;
import io.kuber.cli.output.CommandFailure;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a server that has peers, or may get some. */
final class ServerArguments {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "where everything that lasts is kept (default: ~/.kuber)")
  private @Nullable Path dataDir;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "port of the API server (default: 6443)")
  private int port = ClusterOptions.DEFAULT_PORT;

  @Option(
      names = "--peer-port",
      paramLabel = "PORT",
      description = "port for the other servers (default: 7443)")
  private int peerPort = ServerPlace.DEFAULT_PEER_PORT;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "what the server is called (default: the name of the machine)")
  private @Nullable String name;

  @Option(
      names = "--address",
      paramLabel = "IP",
      description = "where other machines reach this one (default: its first address)")
  private @Nullable String address;

  @Mixin private JoinArguments join = new JoinArguments();
  @Mixin private LoginArguments logins = new LoginArguments();
  @Mixin private EncryptionArguments encryption = new EncryptionArguments();
  @Mixin private BalancerArguments balancers = new BalancerArguments();
  @Mixin private CrowdArguments crowd = new CrowdArguments();
  @Mixin private AuditArguments audit = new AuditArguments();
  @Mixin private NetworkArguments network = new NetworkArguments();

  ClusterOptions options() {
    try {
      Path directory = dataDir == null ? ClusterArguments.home() : dataDir;
      String called = name == null ? ClusterArguments.hostname() : name;
      return new ClusterOptions(
              directory.toAbsolutePath().normalize(),
              port,
              called,
              Optional.of(new ServerPlace(called, reachedAt(), peerPort, join.joining())))
          .with(logins.options())
          .with(balancers.pool())
          .with(crowd.options())
          .with(audit.options())
          .with(network.network())
          .withEncryption(encryption.file());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }

  private String reachedAt() {
    try {
      return address == null ? HostAddress.find() : address;
    } catch (SocketException e) {
      throw new CommandFailure("--address: this machine does not tell its own: " + e.getMessage());
    }
  }
}

package io.kuber.server.trust;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows one identity to whoever asks, on both sides of connections, and another one once that has
 * been renewed: connections that there are go on. For any thread.
 */
public final class RenewedKeys extends X509ExtendedKeyManager {
  private volatile Identity shown;

  /** Shows {@code first} until there is another. */
  public RenewedKeys(Identity first) {
    this.shown = first;
  }

  /** Shows this one from the next connection on. */
  public void show(Identity next) {
    shown = next;
  }

  /** What is shown now. */
  public Identity shown() {
    return shown;
  }

  /** The alias tells which identity a handshake began with, so that key and certificate fit. */
  private String alias() {
    return shown.certificate().getSerialNumber().toString();
  }

  private boolean isNow(String alias) {
    return alias.equals(alias());
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return new String[] {alias()};
  }

  @Override
  public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
    return alias();
  }

  @Override
  public String chooseEngineClientAlias(String[] keyType, Principal[] issuers, SSLEngine engine) {
    return alias();
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    return new String[] {alias()};
  }

  @Override
  public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return fitting(keyType);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal[] issuers, SSLEngine engine) {
    return fitting(keyType);
  }

  private @Nullable String fitting(String keyType) {
    return keyType.startsWith(shown.key().getAlgorithm()) ? alias() : null;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return isNow(alias) ? new X509Certificate[] {shown.certificate()} : null;
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return isNow(alias) ? shown.key() : null;
  }
}

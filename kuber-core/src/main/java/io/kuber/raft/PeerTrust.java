package io.kuber.raft;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * The certificates between peers: each side shows one, and believes those of the cluster's
 * authority. A certificate names the host of the address for peers, and is good for servers and
 * clients both.
 *
 * @param keys the key of this server and its certificate; asked anew for every connection
 * @param authority whom to believe
 */
public record PeerTrust(KeyManager keys, TrustManager authority) {
  private static final String ALIAS = "kuber";

  /** Believes what {@code authority} has signed. {@code chain} begins with the server's own. */
  public static PeerTrust of(PrivateKey key, List<X509Certificate> chain, X509Certificate authority)
      throws GeneralSecurityException {
    KeyStore own = empty();
    own.setKeyEntry(ALIAS, key, new char[0], chain.toArray(new Certificate[0]));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, new char[0]);
    KeyStore trusted = empty();
    trusted.setCertificateEntry(ALIAS, authority);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    return new PeerTrust(keys.getKeyManagers()[0], trust.getTrustManagers()[0]);
  }

  private static KeyStore empty() throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    return store;
  }
}

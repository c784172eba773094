package io.kuber.testkit.fault;

import io.kuber.raft.PeerTrust;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;

/** One key for all servers of a test, made by the JDK's keytool, which is its own authority. */
final class PeerKeys {
  private static final String ALIAS = "peer";
  private static final String PASSWORD = "kuber-test";

  private PeerKeys() {}

  /** Makes a key that is good for servers at these addresses. */
  static void make(Path file, List<String> addresses) {
    Shell.run(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-keyalg",
        "EC",
        "-alias",
        ALIAS,
        "-dname",
        "CN=" + ALIAS,
        "-ext",
        "bc=ca:true",
        "-ext",
        "eku=serverAuth,clientAuth",
        "-ext",
        addresses.stream()
            .map(address -> "ip:" + address)
            .collect(Collectors.joining(",", "san=", "")),
        "-storetype",
        "PKCS12",
        "-storepass",
        PASSWORD,
        "-keystore",
        file.toString());
  }

  static PeerTrust read(Path file) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    PrivateKey key = (PrivateKey) store.getKey(ALIAS, PASSWORD.toCharArray());
    X509Certificate certificate = (X509Certificate) store.getCertificate(ALIAS);
    return PeerTrust.of(key, List.of(certificate), certificate);
  }
}

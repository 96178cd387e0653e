package io.riacho.auth.oauth;

import com.nimbusds.jose.jwk.ECKey;
import io.riacho.auth.identity.Identities;
import io.riacho.auth.limit.AttemptLimits;
import io.riacho.auth.password.PasswordChanges;
import io.riacho.auth.password.Passwords;
import io.riacho.auth.root.RootKey;
import io.riacho.auth.rotation.RotatingKeys;
import io.riacho.auth.session.SessionRevocations;
import io.riacho.console.Console;
import io.riacho.protocol.rest.RestApi;
import io.riacho.protocol.server.ProtocolProperties;
import io.riacho.protocol.signature.RootCredentials;
import jakarta.servlet.Filter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.server.servlet.CookieSameSiteSupplier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.authentication.ClientSecretAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationValidator;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.session.DisableEncodeUrlFilter;
import org.springframework.transaction.support.TransactionTemplate;

/** OAuth2, wired. Only the paths of OAuth2 go through Spring Security. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class OAuthConfiguration {

    private static final String POLICY =
            "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    @Bean
    ClientStore oauthClientStore(JdbcClient jdbc) {
        return new ClientStore(jdbc);
    }

    @Bean
    TokenKeys tokenKeys(
            JdbcClient jdbc, TransactionTemplate transactions, RootKey rootKey, ObjectProvider<InstantSource> clock) {
        RotatingKeys.Kind<ECKey> kind = TokenKeys.kind();
        return new TokenKeys(
                new RotatingKeys<>(kind, jdbc, transactions, rootKey, clock.getIfAvailable(InstantSource::system)));
    }

    @Bean
    AccessTokens accessTokens(
            TokenKeys keys,
            OAuthSettings settings,
            Identities identities,
            ClientStore clients,
            SessionRevocations revocations,
            RootSignIn root,
            ProtocolProperties protocol,
            ObjectProvider<InstantSource> clock) {
        return new AccessTokens(
                keys,
                settings,
                new TokenOwners(identities, clients, revocations, root),
                protocol.accountId(),
                clock.getIfAvailable(InstantSource::system));
    }

    @Bean
    RootSignIn rootSignIn(
            Environment environment,
            @Value("${riacho.data:./data}") Path dataFolder,
            OAuthSettings settings,
            ProtocolProperties protocol) {
        return new RootSignIn(
                RootCredentials.of(environment::getProperty, dataFolder), protocol.accountId(), settings.rootSignIn());
    }

    /** After the database was migrated, as all singletons are there. */
    @Bean
    ConsoleClient consoleClient(
            ObjectProvider<Console> console, ClientStore clients, ObjectProvider<InstantSource> clock) {
        return new ConsoleClient(console.getIfAvailable(), clients, clock.getIfAvailable(InstantSource::system));
    }

    @Bean
    Passwords passwords(JdbcClient jdbc, ObjectProvider<InstantSource> clock) {
        return new Passwords(jdbc, clock.getIfAvailable(InstantSource::system));
    }

    @Bean
    RestApi oauthApi() {
        return RestApi.of("riacho", "/v1/oauth-clients", "/v1/users", "/v1/password");
    }

    @Bean
    ClientRegistrations clientRegistrations(ClientStore clients, ObjectProvider<InstantSource> clock) {
        return new ClientRegistrations(clients, clock.getIfAvailable(InstantSource::system));
    }

    @Bean
    OAuthClientController oauthClientController(
            ClientStore clients, Identities identities, ObjectProvider<InstantSource> clock) {
        return new OAuthClientController(
                new OAuthClients(clients, identities, clock.getIfAvailable(InstantSource::system)));
    }

    @Bean
    PasswordChanges passwordChanges(Passwords passwords, AttemptLimits limits) {
        return new PasswordChanges(passwords, limits.signInPerUser());
    }

    @Bean
    PasswordController passwordController(Identities identities, Passwords passwords, PasswordChanges changes) {
        return new PasswordController(identities, passwords, changes);
    }

    @Bean
    AuthorizationServerSettings authorizationServerSettings(OAuthSettings settings) {
        return AuthorizationServerSettings.builder()
                .issuer(settings.issuer())
                .authorizationEndpoint(BackToAuthorization.AUTHORIZE)
                .tokenEndpoint("/oauth2/token")
                .tokenIntrospectionEndpoint("/oauth2/introspect")
                .tokenRevocationEndpoint("/oauth2/revoke")
                .jwkSetEndpoint("/oauth2/jwks")
                .oidcUserInfoEndpoint("/oauth2/userinfo")
                .oidcLogoutEndpoint("/oauth2/logout")
                .build();
    }

    /** Spring Security wants one for the endpoint of user information, which is not served: no path here takes tokens. */
    @Bean
    JwtDecoder noTokensAreTaken() {
        return _ -> {
            throw new BadJwtException("No access token is taken here");
        };
    }

    @Bean
    SecurityFilterChain oauthFilterChain(
            HttpSecurity http,
            AuthorizationServerSettings serverSettings,
            OAuthSettings settings,
            ClientStore clients,
            TokenKeys keys,
            Identities identities,
            Passwords passwords,
            RootSignIn root,
            SessionRevocations revocations,
            AttemptLimits limits,
            JdbcClient jdbc,
            TransactionTemplate transactions,
            ObjectProvider<InstantSource> clock) {
        RegisteredClients registered = new RegisteredClients(clients, settings);
        InstantSource time = clock.getIfAvailable(InstantSource::system);
        Authorizations authorizations =
                new Authorizations(jdbc, transactions, new AuthorizationText(registered), revocations, time);
        PublicClients publicClients = new PublicClients(registered);
        CookieRequestCache requests = new CookieRequestCache();
        OAuth2AuthorizationServerConfigurer server = new OAuth2AuthorizationServerConfigurer();
        http.securityMatcher("/oauth2/**", "/.well-known/**")
                .addFilterBefore(new AttemptFilter(limits), DisableEncodeUrlFilter.class)
                .with(
                        server,
                        configurer -> configurer
                                .authorizationServerSettings(serverSettings)
                                .registeredClientRepository(registered)
                                .authorizationService(authorizations)
                                .tokenGenerator(new DelegatingOAuth2TokenGenerator(
                                        jwts(keys, new TokenContents(identities, root, settings)),
                                        new RefreshTokens(time)))
                                .clientAuthentication(client -> client.authenticationConverter(publicClients)
                                        .authenticationProviders(providers -> {
                                            providers.forEach(OAuthConfiguration::compareOurSecrets);
                                            providers.addFirst(publicClients);
                                        }))
                                .authorizationEndpoint(endpoint -> endpoint.authenticationProviders(
                                        providers -> providers.forEach(OAuthConfiguration::checkRedirects)))
                                .tokenRevocationEndpoint(
                                        endpoint -> endpoint.revocationResponseHandler(new SignOut(authorizations)))
                                .authorizationServerMetadataEndpoint(
                                        metadata -> metadata.authorizationServerMetadataCustomizer(
                                                builder -> builder.claims(OAuthConfiguration::sayWhatThereIs)))
                                .oidc(oidc -> oidc.providerConfigurationEndpoint(
                                        configuration -> configuration.providerConfigurationCustomizer(
                                                builder -> builder.claims(OAuthConfiguration::sayWhatThereIs)))))
                .authorizeHttpRequests(requestsTo -> requestsTo
                        .requestMatchers(SignInPage.PATH, SignInPage.STYLE_PATH)
                        .permitAll()
                        // The token endpoint's filter comes after this decision, once the client is authenticated.
                        .anyRequest()
                        .authenticated())
                .authenticationProvider(new PasswordSignIn(identities, passwords, root))
                .formLogin(form -> form.loginPage(SignInPage.PATH)
                        .loginProcessingUrl(SignInPage.PATH)
                        .failureUrl(SignInPage.PATH + "?error")
                        .successHandler(new BackToAuthorization(requests)))
                .logout(logout -> logout.disable())
                .requestCache(cache -> cache.requestCache(requests))
                .csrf(csrf -> csrf.csrfTokenRepository(new CookieCsrfTokenRepository())
                        .ignoringRequestMatchers(server.getEndpointsMatcher()))
                .exceptionHandling(errors -> errors.defaultAuthenticationEntryPointFor(
                                new LoginUrlAuthenticationEntryPoint(SignInPage.PATH),
                                PathPatternRequestMatcher.pathPattern(BackToAuthorization.AUTHORIZE))
                        .defaultAuthenticationEntryPointFor(
                                new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED), _ -> true))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)));
        return http.build();
    }

    private static void compareOurSecrets(AuthenticationProvider provider) {
        if (provider instanceof ClientSecretAuthenticationProvider bySecret) {
            bySecret.setPasswordEncoder(new Secrets());
        }
    }

    private static void checkRedirects(AuthenticationProvider provider) {
        if (provider instanceof OAuth2AuthorizationCodeRequestAuthenticationProvider requests) {
            requests.setAuthenticationValidator(new ExactRedirects()
                    .andThen(OAuth2AuthorizationCodeRequestAuthenticationValidator.DEFAULT_SCOPE_VALIDATOR));
        }
    }

    private static JwtGenerator jwts(TokenKeys keys, TokenContents contents) {
        NimbusJwtEncoder encoder = new NimbusJwtEncoder(keys);
        encoder.setJwkSelector(candidates -> candidates.getFirst());
        JwtGenerator generator = new JwtGenerator(encoder);
        generator.setJwtCustomizer(contents);
        return generator;
    }

    /** Discovery names what is served, and no more. */
    private static void sayWhatThereIs(Map<String, Object> claims) {
        claims.keySet()
                .removeAll(Set.of(
                        "userinfo_endpoint",
                        "end_session_endpoint",
                        "registration_endpoint",
                        "device_authorization_endpoint",
                        "pushed_authorization_request_endpoint",
                        "tls_client_certificate_bound_access_tokens",
                        "dpop_signing_alg_values_supported"));
        claims.put("grant_types_supported", List.of("client_credentials", "authorization_code", "refresh_token"));
        List<String> methods = List.of("client_secret_basic", "client_secret_post", "none");
        claims.put("token_endpoint_auth_methods_supported", methods);
        claims.put("introspection_endpoint_auth_methods_supported", methods.subList(0, 2));
        claims.put("revocation_endpoint_auth_methods_supported", methods);
        claims.replace("id_token_signing_alg_values_supported", List.of("ES256"));
    }

    /** The filter of all chains, on the paths of OAuth2 alone: it does not see what goes to AWS's APIs. */
    @Bean
    FilterRegistrationBean<Filter> oauthFilter(@Qualifier("springSecurityFilterChain") Filter chains) {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(chains);
        registration.addUrlPatterns("/oauth2/*", "/.well-known/*");
        registration.setOrder(-100);
        return registration;
    }

    @Bean
    ServletRegistrationBean<SignInPage> signInPage() {
        return new ServletRegistrationBean<>(new SignInPage(), SignInPage.PATH, SignInPage.STYLE_PATH);
    }

    @Bean
    CookieSameSiteSupplier cookiesStayOnThisSite() {
        return CookieSameSiteSupplier.ofLax();
    }
}

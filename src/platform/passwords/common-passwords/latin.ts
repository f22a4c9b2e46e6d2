/** Spanish, Portuguese, French, German, Italian, Polish and Turkish: phrases and names that lists of single words lack. */
export const spanish = `
contraseña teamo teamomucho tequiero tequieromucho amor amormio miamor miamorcito hola holahola holamundo mivida
micielo corazon micorazon princesa preciosa hermosa bonita bebe bebita gatito perrito estrella estrellita felicidad
familia mifamilia mama papa mamapapa mimama dios diosesamor diosmio jesus jesucristo jesusteamo cristo virgen
guadalupe realmadrid madrid barcelona barça barsa atletico chivas america clubamerica pumas boca bocajuniors
riverplate river colocolo argentina mexico colombia españa chile peru venezuela cuba sevilla valencia clave claves
miclave micontraseña minuevacontraseña nuevacontraseña clave123 contraseñas contra secreto acceso entrar entrada admin administrador usuario nosenose nose nomeacuerdo
alejandro alejandra sebastian santiago gabriela valentina camila daniela fernando fernanda guillermo francisco rodrigo
ricardo eduardo manuel miguel angelito chiquita mariposa delfin caballo tigre leon lobo osito muñeca reina rey
futbol messi ronaldo maradona siempre parasiempre juntosporsiempre porsiempre libertad esperanza alegria sol luna
cielo playa verano primavera invierno otoño lunes martes viernes domingo enero febrero abril mayo junio julio agosto
septiembre octubre noviembre diciembre buenosdias buenasnoches gracias muchasgracias porfavor vivalavida carpediem
hastaluego vamos computadora trabajo escuela maestra profesor teextraño teadoro loquesea hijodeputa puta mierda cabron
`;
export const portuguese = `
senha minhasenha novasenha senhas senha123 teamo euteamo amor meuamor amorzinho amordaminhavida minhavida saudade saudades
felicidade brasil flamengo corinthians palmeiras saopaulo santos vasco gremio internacional cruzeiro botafogo fluminense
atleticomineiro benfica sporting porto fcporto portugal lisboa deus deusefiel deuseamor deusteama jesus jesusteama
jesuscristo obrigado obrigada bomdia boanoite boatarde oioi olaola princesa gatinha gatinho lindinha linda lindo estrela
coração coraçao coracao familia minhafamilia mamae papai mãe pai vovo vovó filho filha amigos amizade segredo acesso
entrada usuario administrador mudar mudar123 qualquer naosei nãosei esqueci vidaloka vidaboa paz pazeamor liberdade
esperança alegria vitoria vencedor guerreiro campeão campeao futebol pelé neymar ronaldinho cachorro gato borboleta
golfinho leão tubarão chocolate brigadeiro caipirinha praia verão inverno janeiro fevereiro março abril maio junho julho
agosto setembro outubro novembro dezembro segunda sexta domingo gabriel rafael lucas mateus matheus guilherme gustavo
felipe thiago tiago joao joão pedro leticia beatriz larissa mariana juliana camila amanda bruna fernanda carolina
porra caralho merda puta
`;
export const french = `
motdepasse monmotdepasse nouveaumotdepasse mdp jetaime jetaime1 jetadore moncoeur monamour amour monange mavie machérie
chouchou loulou doudou coucou bonjour bonsoir salut bienvenue azerty azertyuiop soleil bisous bisou princesse
coeur chaton nounours papillon dauphin licorne chocolat famille mafamille maman papa mamanpapa bebe enfant amitié
toujours pourtoujours bonheur liberté égalité liberteegalitefraternite france paris marseille lyon psg parissg om
allezlom allezparis olympique marseillaise zidane mbappe football voiture ordinateur secret entrée administrateur
utilisateur invité jesaispas jenesaispas nesaispas oublié vacances noel joyeuxnoel printemps été automne hiver janvier
fevrier mars avril mai juin juillet août septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi samedi
dimanche merci mercibeaucoup sesame ouvretoi sesameouvretoi cestlavie lavieestbelle nicolas julien thomas alexandre
antoine maxime guillaume camille manon chloé léa emma mathilde pauline marine laura celine isabelle nathalie valerie
sandrine stephanie merde putain connard salope
`;
export const german = `
passwort kennwort meinpasswort neuespasswort passwort1 geheim geheimnis hallo hallohallo halloduda halloo hallo123 schatz
schatzi schatz123 ichliebedich ichliebdich liebedich ichdich ichliebeeuch ichhassedich ichhasseeuch liebe meineliebe maus mausi mäuschen hase
hasi häschen engel prinzessin sonne sonnenschein sommer winter frühling herbst sommer2020 fussball fußball bayern bayernmünchen
fcbayern fcbayernmünchen dortmund borussia bvb bvb09 schalke schalke04 hsv werder werderbremen stuttgart frankfurt berlin
hamburg münchen köln deutschland österreich schweiz familie meinefamilie mama papa mamapapa mutti vati oma opa katze hund
schmetterling pferd delphin drache löwe tiger stern sternchen herz herzchen blume erdbeere schokolade computer internet einhorn
arbeit schule urlaub weihnachten ficken scheisse scheiße arschloch hurensohn fotze qwertz qwertzu qwertzui qwertzuiop
yxcvbnm asdfghjk willkommen willkommen1 admin administrator benutzer gast zugang einloggen anmelden egal keineahnung
weissnicht vergessen test testtest probe gutentag gutenmorgen gutenacht danke bitte prost oktoberfest lederhosen
januar februar märz april mai juni juli august september oktober november dezember montag dienstag mittwoch donnerstag
freitag samstag sonntag michael thomas andreas stefan christian daniel sebastian alexander florian tobias sabine
susanne claudia nicole stefanie katharina mercedes porsche volkswagen audi bmw
`;
export const italian = `
password parola parolachiave parola1 amore amoremio amore1 tiamo tiamotanto tiamoamore tivogliobene tvb tvtb vitamia lamiavita
ciao ciaociao ciaobella buongiorno buonanotte buonasera grazie prego juventus forzajuve juve milan forzamilan inter
forzainter roma forzaroma napoli forzanapoli lazio italia forzaitalia fiorentina cagliari palermo torino milano
stella stellina cuore principessa tesoro tesoro1 cucciolo cucciola gattino gatto cane farfalla delfino lupo leone sole luna
mare estate primavera inverno autunno famiglia mamma papà mammapapa nonna nonno segreto segreta accesso entrare
amministratore utente ospite nonloso nonmiricordo qualcosa sempre persempre felicità felice libertà speranza pace
francesco alessandro andrea matteo lorenzo davide giuseppe giovanni antonio salvatore marco luca simone federico
francesca chiara martina giulia valentina federica silvia elisa sara anna maria gesù dio ferrari valentino rossi totti
baggio buffon maradona pizza pasta cioccolato nutella vaffanculo cazzo merda stronzo gennaio febbraio marzo aprile maggio
giugno luglio agosto settembre ottobre novembre dicembre lunedì martedì mercoledì giovedì venerdì sabato domenica
dolcevita ladolcevita carpediem
`;
export const polish = `
hasło haslo haslo1 haslo123 mojehaslo nowehaslo tajnehaslo trudnehaslo polska polska1 kochamcie kochamciebie kocham kochanie
kocham1 kochammame kochampolske miłość milosc mojamiłość misiek misiaczek misio myszka kotek kotki kotku piesek słoneczko
sloneczko słońce slonko żabka zabka kwiatek kwiatuszek motylek gwiazda gwiazdka serduszko serce aniołek aniolek diabeł
księżniczka królowa rodzina mama tata mamatata mamusia tatus babcia dziadek dupa dupa123 dupadupa kurwa kurwamac chuj
jebac pierdole matrix legia legiawarszawa lech lechpoznan wisla wislakrakow ruchchorzow warszawa krakow kraków gdańsk
wrocław poznań łódź szczecin samochod samochód komputer internet szkoła praca wakacje lato zima wiosna jesień styczeń luty
marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień poniedziałek wtorek środa czwartek
piątek sobota niedziela dziendobry dzieńdobry cześć czesc siema siemka witaj dziekuje dziękuję prosze niewiem niepamietam
zapomnialem tajne tajemnica sekret wejście admin uzytkownik bozia jezus jezusmaria bogjestmiloscia papaj jan pawel
agnieszka katarzyna małgorzata magdalena monika natalia karolina paulina aleksandra weronika marcin mateusz tomasz
krzysztof łukasz michał bartek kamil dawid adrian patryk damian qwerty1 zaq12wsx zaq1 marihuana czekolada truskawka
bialystok bolek lolek
`;
export const turkish = `
şifre sifre şifre123 şifrem sifrem sifre1 parola parolam aşkım askim aşkım1 benimaşkım seniseviyorum sevgilim canım
canim canımbenim cansın hayatım hayatim bebeğim bebegim güzelim guzelim prenses kraliçe melek meleğim sevgi aşk
sevda mutluluk umut barış özgürlük türkiye turkiye türkiyem atatürk ataturk mustafakemal cumhuriyet vatan bayrak galatasaray
galatasaray1905 gs1905 istanbul1453 fatih1453 fenerbahçe fenerbahce fener fenerbahce1907 fb1907 beşiktaş besiktas besiktas1903 bjk1903 trabzonspor
trabzon61 bursaspor cimbom kartal kanarya aslan kaplan kurt bozkurt kedi köpek kuş yunus kelebek yıldız yildiz güneş gunes
deniz ay gökyüzü bahar yaz kış çiçek gül papatya lale istanbul ankara izmir bursa antalya adana konya trabzon diyarbakır
annem babam anne baba annebaba anneciğim ailem aile kardeş kardeşim abla abi oğlum kızım merhaba selam selamünaleyküm günaydın iyigeceler
teşekkürler lütfen evet hayır bilmiyorum unuttum gizli sır giriş yönetici kullanıcı deneme deneme123 test misafir
bilgisayar internet telefon okul öğretmen öğrenci doktor para zengin allah allahım allahuekber bismillah bismillahirrahmanirrahim elhamdülillah
inşallah maşallah muhammed mehmet mustafa ahmet ali hüseyin hasan ibrahim ismail osman yusuf murat ömer emre burak
serkan kemal fatih hakan volkan onur gökhan fatma ayşe emine hatice zeynep elif meryem merve büşra esra kübra tuğba
gamze özlem derya ebru sibel pazartesi salı çarşamba perşembe cuma cumartesi pazar ocak şubat mart nisan mayıs haziran
temmuz ağustos eylül ekim kasım aralık qwertyuıop asdfghjklş zxcvbnmöç siktir orospu amk gerizekalı kurtlarvadisi
`;

import { listed } from './readings.ts';

/** What follows "my Instagram is …" or "Discord: …" and is no name, in languages with Latin letters. */
const words = new Set(
  listed(`
a about account active again all already also always am amazing an and another any app apps are as awesome at away awful
bad banned because been best better boring broken but by can cant cool crap crazy cute dead deactivated deleted did disabled
do does dont down dumb easy empty every everyone everything evil fake family far fine for forbidden forever free friends from full fun
funny gone good great had hacked hard has hate have he her here hidden hilarious his horrible how i if im in inactive is isnt it its
just lame later less life like locked lol long love lovely made mainly many maybe me mine more mostly much my need never new nice no nobody
not nothing now of off ok okay old on one online only open or other our out over people personal photos pictures please popular pretty private
public quiet quite really ruined sad same she should since slow so some still stuff stupid such super sure terrible than thanks that the
their them then there they thing things this though time to toxic too trash trouble under until up us useful useless using very videos
waste was way we weird well what when where which who why will with without work works worse yes yet you your yours
english spanish french german portuguese italian russian arabic japanese chinese korean music food cats dogs school language languages
stories story reels reel live group groups chat channel channels server servers bot bots web mobile desktop google youtube netflix spotify
android ios iphone samsung apple vpn internet wifi hsk jlpt toeic ielts toefl moments status
aburrida aburrido ademas ahora algo ahi alli antes aqui asi aunque bastante bien bonita bonito buena bueno cada casi como con cosa cuando de
del demasiado desde donde dos el ella ellos en entonces es esa ese eso esta estan este esto estoy fea feo fue gente genial gratis hay hoy igual
importante la las le les lo los mala malo mas mejor menos mi mia mientras mio mucho muy nada nadie ni ninguna nos nuevo nunca o otra otro para
pero peor pesado poco por porque privada privado publica publico pues que quien se si siempre sin sobre solo son su suyo tambien tan te tengo
tiene todo todos tonto tu una unas uno unos vacia vacio vieja viejo y ya yo
alors amis apres assez aussi autre avant avec beaucoup bien bof bon bonne ca car ce cela ces cest chez comme dans depuis des deux dire dit donc du
elle encore ennuyeux est et etait ete etre eux facile faire fait faux genial gens il ils interdit jamais je juste la le les leur lui ma mais mal
meilleur mes moi moins mon mort nous nouveau nul nulle on ou oui parce par pas peu plein plus plutot pour pourquoi prive privee public quand
que quel quelque qui quoi rien sa sans ses si son sont sous sur ta tes toi ton toujours tous tout toute tres trop tu un une utile vecchi vecchie comodo vide vieux vraiment
voila vos votre vous y
aber alle alles als alt am auch auf aus bei besser bin bis blod blöd cool da dann das dass dein dem den der deutsch die dir doch doof du ein eine einen
einfach er erst es etwas euch fur für ganz geht gelöscht gerade gern gibt gut hab habe haben hat hier ich ihm ihn ihr im immer in ins ist ja jede jeder jetzt
kann kaputt kein keine komisch langweilig leer leider leute man manchmal mehr mein mich mir mit muss nach nein neu nicht nichts nie noch nur oder
offentlich öffentlich oft ohne peinlich privat schlecht schon sehr sein seit sich sie sind so sogar toll total über um und uns unter verboten viel vom von vor war was
weg voll voller mude weil wenn wer wie wir wird wo zu zum zur zwei
agora ainda algo alguem antes ao aos apenas aquela aquele aqui assim ate bem boa bom cada chata chato coisa com como da das de demais depois dele dela
dentro deste do dos e ela ele eles em entao era essa esse esta estao este eu faz fechada fechado fechou foi fora gente horrivel hoje isso ja lá legal lixo
mais mas massa mau me melhor menos meu minha muita muito na nada nao nem nenhum no nos nossa nova novo num nunca o os ou para pela pelo pior pouco por porque
pra privada privado publico quando que quem ruim sao se sem sempre ser seu so sua tambem tao tem tenho ter teu toda todo todos top tudo um uma vazia vazio velho
viciante voce voces
abbastanza adesso agli ai al alla alle allora altro anche ancora anni bella bello bene bloccato brutta brutto che chi chiuso ci come con cosa cosi così da dal dalla
davvero degli dei del della delle dentro di dopo dove due e era fa facile finto fuori gli ha hai hanno ho i il in inutile io la le lei loro lui ma mai
male meglio meno mi mia mio molto morto nei nel nella nessuno niente noi noia noioso noiosa non nuovo o oggi ogni ora per perche perché pero piu più piena pieno poi
privato privata pubblico qua qualcosa quando quanto quella quello questa questo qui roba sempre senza sei si sì sono sta su sua subito suo ti tra troppo tu tua tuo tutti tutto
un una uno vecchio vecchia vero voi vuoto vuota
`),
);

export function isOrdinary(word: string): boolean {
  return words.has(word.replace(/['’]/g, ''));
}

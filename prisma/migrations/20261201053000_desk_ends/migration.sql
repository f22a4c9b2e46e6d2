-- What nobody here is to answer for: it ends, and not as "nothing wrong".
ALTER TYPE "DeskAct" ADD VALUE 'unable';
ALTER TYPE "DeskAct" ADD VALUE 'help';
